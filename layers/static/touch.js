// On a narrow page the details stand below the map: what is tapped brings them into view, and no
// small window opens before. The page draws them when the server has answered.
"use strict";
planmap.touch = (function () {
  const NARROW = 640; // as Streamlit puts columns below each other
  const DETAILS = ".pm-thing, .pm-town";
  const PATIENCE = 8000;
  const page = window.parent;

  const isNarrow = () => page.innerWidth <= NARROW;
  const isTouched = () => page.matchMedia("(hover: none)").matches;

  const told = () => [...page.document.querySelectorAll(DETAILS)].map((one) => one.outerHTML).join();

  function bring() {
    const details = page.document.querySelector(DETAILS);
    if (!details) return false;
    // the box around the details scrolls by itself: it is brought as a whole
    const box = details.closest('[data-testid="stColumn"]') || details;
    const calm = page.matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
    return true;
  }

  // The details of what was tapped before must not be taken for the answer; a second tap on the
  // same thing is answered by the same.
  function opened(id, again) {
    if (!isNarrow()) return;
    const before = told();
    if (again && bring()) return;
    const watch = new MutationObserver(() => {
      if (told() !== before && bring()) watch.disconnect();
    });
    watch.observe(page.document.body, { childList: true, subtree: true, characterData: true });
    setTimeout(() => watch.disconnect(), PATIENCE);
  }

  function listen(map, groups) {
    let last = null;
    const tapped = ({ layer }) => {
      const { row, id } = layer.toGeoJSON().properties;
      const now = row === undefined ? id : row;
      opened(now, now === last);
      last = now;
    };
    for (const group of groups) group.on("click", tapped);
    map.on("tooltipopen", ({ tooltip }) => {
      if (isTouched() && !tooltip.options.permanent) map.closeTooltip(tooltip);
    });
  }

  return { listen };
})();
