/* A part of the page that says how far long work is looks again by itself; without scripts a link does. */
"use strict";
(() => {
  const PAUSE = 2000;
  const look = async () => {
    const shown = document.querySelector("[data-live]");
    const busy = shown && shown.contains(document.activeElement) && document.activeElement !== document.body;
    if (!shown) return;
    if (!document.hidden && !busy && !shown.querySelector(":checked")) {
      try {
        const answer = await fetch(location.href, { credentials: "same-origin" });
        const found = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(shown.id);
        if (found) shown.replaceWith(document.adoptNode(found));
      } catch { /* the server is away: the next look may find it */ }
    }
    setTimeout(look, PAUSE);
  };
  setTimeout(look, PAUSE);
})();
