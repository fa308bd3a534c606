// Small improvements; every page works without them.
(() => {
  "use strict";

  const status = document.querySelector("[data-status]");
  const say = (words) => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = words; });
  };

  // From hit to hit without loading the page again; the links beside the hits work as they are.
  const bar = document.querySelector("[data-hits]");
  const total = bar ? Number(bar.dataset.hits) : 0;
  const around = (number) => ((number - 1 + total) % total) + 1;
  const goTo = (hit, number) => {
    document.querySelectorAll("mark[aria-current]").forEach((mark) => mark.removeAttribute("aria-current"));
    hit.setAttribute("aria-current", "true");
    const count = bar.dataset.words.replace("{n}", number).replace("{total}", total);
    bar.querySelector("[data-hit-count]").textContent = count;
    const address = new URL(location.href);
    address.searchParams.delete("at");
    address.searchParams.set("hit", number);
    address.hash = `hit-${number}`;
    history.replaceState(null, "", address);
    bar.querySelectorAll("[data-step]").forEach((link) => {
      const other = around(number + Number(link.dataset.step));
      address.searchParams.set("hit", other);
      address.hash = `hit-${other}`;
      link.dataset.hit = other;
      link.href = address.href;
    });
    hit.scrollIntoView();
    say(`${count} ${bar.querySelector("strong").textContent}: ${hit.textContent}`);
  };
  if (bar) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-hit]");
      const hit = link && document.getElementById(`hit-${link.dataset.hit}`);
      if (!hit || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      goTo(hit, Number(link.dataset.hit));
    });
  }

  // Keys: "/" goes to the search box, n and p to the next and previous hit; the help page turns them off.
  const keys = document.querySelector("[data-keys]");
  const off = () => { try { return localStorage.getItem("keys") === "off"; } catch { return false; } };
  if (keys) {
    keys.checked = !off();
    keys.closest("[hidden]")?.removeAttribute("hidden");
    keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
  }
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || off()) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const box = event.key === "/" && document.querySelector("[data-search]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    } else if (bar && (event.key === "n" || event.key === "p")) {
      bar.querySelector(`[data-step="${event.key === "n" ? 1 : -1}"]`)?.click();
    }
  });

  // Suggestions in search boxes; choosing one puts its query into the box.
  document.querySelectorAll("[data-suggest]").forEach((box, number) => {
    const list = document.createElement("datalist");
    list.id = `suggestions-${number}`;
    box.after(list);
    box.setAttribute("list", list.id);
    let waiting;
    let asked = "";
    box.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (event.isComposing || event.inputType === "insertReplacementText") return;
      waiting = setTimeout(async () => {
        const typed = box.value.trim();
        if (typed === asked) return;
        asked = typed;
        try {
          const answer = await fetch(`${box.dataset.suggest}?${new URLSearchParams({ q: typed })}`);
          const found = typed && answer.ok ? (await answer.json()).suggestions : [];
          if (typed !== asked) return;
          list.replaceChildren(...found.map(({ query, label }) => new Option(label, query)));
        } catch { /* the box works without */ }
      }, 120);
    });
    box.addEventListener("compositionend", () => box.dispatchEvent(new InputEvent("input")));
  });

  // A citation is copied as plain text.
  document.querySelectorAll("[data-copy-words]").forEach((button) => {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.previousElementSibling.textContent);
        say(document.documentElement.lang.startsWith("zh") ? "引文已复制" : "Citation copied");
        button.classList.add("copied");
        setTimeout(() => button.classList.remove("copied"), 1500);
      } catch { /* it can be selected */ }
    });
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

  // The contents list says where the reader is: at the last heading that has passed the top third of the window.
  const places = [...document.querySelectorAll(".contents a[href^='#']")]
    .map((link) => [link, document.getElementById(link.hash.slice(1))]).filter(([, place]) => place);
  if (places.length) {
    const list = document.querySelector(".contents");
    let here;
    let asked = false;
    const follow = () => {
      asked = false;
      let low = 0;
      for (let high = places.length; low < high;) {
        const middle = (low + high) >> 1;
        if (places[middle][1].getBoundingClientRect().top < innerHeight / 3) low = middle + 1; else high = middle;
      }
      const link = low ? places[low - 1][0] : undefined;
      if (link === here) return;
      here?.removeAttribute("aria-current");
      here = link;
      if (!link || getComputedStyle(list).position !== "sticky") return;
      link.setAttribute("aria-current", "location");
      const frame = list.getBoundingClientRect();
      const box = link.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) list.scrollTop += box.top - frame.top - frame.height / 3;
    };
    const ask = () => { if (!asked) { asked = true; requestAnimationFrame(follow); } };
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", ask);
    ask();
  }
})();
