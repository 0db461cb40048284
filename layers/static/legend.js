// The legend: what is on the map, with counts. It is open on the first visit where there is room,
// folded on later ones unless the user left it open, and never takes more than a quarter of the map.
"use strict";
planmap.legend = (function () {
  const WIDE = 640; // from this width on it may be open at first
  const WIDTH = 256;
  const SHARE = 0.25;
  const KEPT = "planmap.legend";
  const { element, shape, colour, sign, mark } = planmap.kit;
  const state = { box: null, open: null };

  // Some browsers keep nothing, and say so by an error: then each visit is the first.
  function kept() {
    try {
      return window.localStorage.getItem(KEPT);
    } catch {
      return null;
    }
  }

  function keep(how) {
    try {
      window.localStorage.setItem(KEPT, how);
    } catch {
      /* see above */
    }
  }

  function isOpen() {
    if (state.open === null) state.open = window.innerWidth > WIDE && (kept() || "open") === "open";
    return state.open;
  }

  // How much of the map it hides beside what is shown: on paper it stands beside it.
  const isBeside = () => document.documentElement.classList.contains("planmap-paper");
  const width = () => (isOpen() && window.innerWidth > WIDE && !isBeside() ? WIDTH : 0);

  const SIGNS = {
    site: () => [shape("circle", { r: 6, fill: colour("badge") }), shape("line", { x1: 0, y1: 6, x2: 0, y2: 12, stroke: colour("ink"), "stroke-width": 2 })],
    locality: () => [shape("circle", { r: 13, fill: colour("badge"), "fill-opacity": 0.15, stroke: colour("ink"), "stroke-dasharray": "2 3" }), shape("circle", { r: 5, fill: colour("badge") })],
    line: () => [
      shape("line", { x1: -13, y1: 0, x2: 13, y2: 0, stroke: colour("badge"), "stroke-width": 17, "stroke-opacity": 0.18 }),
      shape("line", { x1: -13, y1: 0, x2: 13, y2: 0, stroke: colour("badge"), "stroke-width": 4 }),
    ],
    schematic: () => [shape("line", { x1: -13, y1: 0, x2: 13, y2: 0, stroke: colour("badge"), "stroke-width": 5, "stroke-dasharray": "7 5" })],
    township: () => [shape("circle", { r: 10, fill: colour("paper"), stroke: colour("badge"), "stroke-width": 3 })],
  };

  function icon(kind, code) {
    if (kind === "category") return sign(code, "unspecified", 20);
    if (kind === "known") {
      const corner = shape("svg", { width: 20, height: 20, viewBox: "1 -17 16 16" });
      corner.append(...mark(code));
      return corner;
    }
    const svg = shape("svg", { width: 20, height: 20, viewBox: "-15 -15 30 30" });
    const swatch = () => [
      shape("rect", { x: -12, y: -9, width: 24, height: 18, rx: 4, fill: planmap.base.signs.stages[code].fill, stroke: colour("ink") }),
    ];
    svg.append(...(kind === "stage" ? swatch() : SIGNS[code]()));
    return svg;
  }

  function part(group) {
    const box = element("section", "planmap-legend-" + group.kind);
    box.append(element("h4", "", group.title));
    const list = element("ul");
    for (const item of group.items) {
      const row = element("li");
      row.append(icon(group.kind, item.code), element("span", "", item.text), element("i", "", item.count));
      list.append(row);
    }
    box.append(list);
    return box;
  }

  function make(map) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => element("div", "planmap-legend");
    control.addTo(map);
    state.box = control.getContainer();
    L.DomEvent.disableClickPropagation(state.box).disableScrollPropagation(state.box);
    const room = () => {
      const { x, y } = map.getSize();
      if (y) state.box.style.maxHeight = `${Math.floor((SHARE * x * y) / WIDTH)}px`;
    };
    map.on("resize", room);
    room();
    // As it was left; whoever never touches it sees it open once.
    if (kept() === null) keep("folded");
  }

  function draw(map, content, words) {
    const open = isOpen();
    if (!state.box) make(map);
    const details = element("details");
    details.open = open;
    const groups = content.groups.filter((group) => group.items.length).map(part);
    const title = element("summary", "", content.title);
    title.addEventListener("click", () => {
      state.open = !details.open;
      keep(state.open ? "open" : "folded");
    });
    details.append(title, ...groups);
    if (!groups.length) details.append(element("p", "", words.legend_none));
    state.box.replaceChildren(details);
    return state.box;
  }

  return { draw, width };
})();
