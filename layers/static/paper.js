// The map on paper: of one size whatever the screen's, so that it fits a page beside its headline,
// with what was seen on the screen, and with its legend unfolded beside or below it, not over it.
"use strict";
planmap.paper = (function () {
  const [WIDE, HIGH] = [690, 560]; // fits A4 upright and, with the legend beside it, lying
  const frame = window.frameElement;
  const state = { map: null, before: null };

  function fit(seen) {
    planmap.standing.ours(() => state.map.invalidateSize({ animate: false, pan: false }));
    planmap.standing.again(seen);
  }

  // How high the legend is as a column, and across the width of the map.
  function measure(legend) {
    const high = (wide) => {
      document.documentElement.classList.toggle("planmap-paper-wide", wide);
      return legend ? legend.offsetHeight : 0;
    };
    const [across, column] = [high(true), high(false)];
    frame.style.setProperty("--paper-lying", `${Math.max(state.high, column) + 8}px`);
    frame.style.setProperty("--paper-upright", `${state.high + across + 16}px`);
  }

  function begin() {
    if (state.before || !state.map.getSize().y) return;
    const [box, legend] = [state.map.getContainer(), document.querySelector(".planmap-legend")];
    const details = legend && legend.querySelector("details");
    state.high = Math.min(HIGH, state.map.getSize().y);
    state.before = { seen: state.map.getBounds(), place: [state.map.getCenter(), state.map.getZoom()], style: box.style.cssText, details, open: details && details.open };
    document.documentElement.classList.add("planmap-paper");
    document.documentElement.style.setProperty("--paper-map", `${state.high}px`);
    if (details) details.open = true;
    Object.assign(box.style, { width: `${WIDE}px`, height: `${state.high}px` });
    measure(legend);
    fit(state.before.seen);
  }

  function end() {
    if (!state.before) return;
    const { place, style, details, open } = state.before;
    document.documentElement.classList.remove("planmap-paper");
    state.map.getContainer().style.cssText = style;
    if (details) details.open = open;
    planmap.standing.ours(() => {
      state.map.invalidateSize({ animate: false, pan: false });
      state.map.setView(...place, { animate: false });
    });
    state.before = null;
    planmap.dark.apply();
  }

  function listen(map) {
    const paper = window.matchMedia("print");
    state.map = map;
    paper.addEventListener("change", () => (paper.matches ? begin() : end()));
    for (const one of [window, window.parent]) {
      one.addEventListener("beforeprint", begin);
      one.addEventListener("afterprint", end);
    }
  }

  return { listen };
})();
