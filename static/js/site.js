// Small improvements; every page works without them.
(() => {
  "use strict";

  const status = document.querySelector("[data-status]");
  const say = (words) => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = words; });
  };

  // "/" goes to the search box, unless something is being typed.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The sign of a section copies its address, and still goes there.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-copy]");
    if (!link || !navigator.clipboard) return;
    const address = new URL(link.href);
    address.search = "";
    try {
      await navigator.clipboard.writeText(address.href);
      link.classList.add("copied");
      say(document.documentElement.lang.startsWith("zh") ? "链接已复制" : "Link copied");
      setTimeout(() => link.classList.remove("copied"), 1500);
    } catch { /* the address bar has it */ }
  });
})();
