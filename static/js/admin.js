// Curation: words chosen with the mouse go into the form, and keys work through the review queue.
(() => {
  "use strict";

  // Characters are counted as the server counts them: a sign outside the basic plane is one.
  const characters = (words) => [...words].length;
  const form = document.querySelector("[data-words]");
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!form || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    const from = range.startContainer.parentElement?.closest("[data-start]");
    if (!from || !range.endContainer.parentElement?.closest("[data-text]")) return;
    const before = range.cloneRange();
    before.setStart(from, 0);
    before.setEnd(range.startContainer, range.startOffset);
    form.elements.words.value = chosen.toString().trim();
    form.elements.near.value = Number(from.dataset.start) + characters(before.toString());
    form.elements.section.value = "";
    form.elements.nth.value = "";
  });
  // Words typed by hand lie wherever they stand.
  form?.elements.words.addEventListener("input", () => { form.elements.near.value = ""; });

  // A directive is chosen, not selected, when it is clicked; while words are being selected the link is not followed.
  document.querySelector("[data-text]")?.addEventListener("click", (event) => {
    if (event.target.closest("a") && !document.getSelection().isCollapsed) event.preventDefault();
  });

  // Keys of the review queue: the buttons and links say which.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest("input, textarea, select")) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.tagName === "DETAILS") {
      wanted.open = true;
      wanted.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    } else wanted.click();
  });
})();
