// Measures distances and areas with the drawing tools of Leaflet.draw: on the sphere, so within
// half a per cent of the ellipsoid. What is measured stays on the map until it is cleared, and is
// no part of the plan.
"use strict";
(function () {
  const line = () => ({ color: planmap.kit.colour("ink"), weight: 2.5, dashArray: "6 4" });
  const state = { busy: null };

  const number = (value, digits) => value.toLocaleString("en", { maximumFractionDigits: digits });
  const length = (m) => (m < 1000 ? `${number(m, 0)} m` : `${number(m / 1000, 2)} km`);
  const area = (m2) => `${number(m2 / 1e4, 1)} ha · ${number(m2 / 666.6667, 1)} 亩 · ${number(m2 / 1e6, 3)} km²`;

  function along(path) {
    return path.slice(1).reduce((sum, at, n) => sum + path[n].distanceTo(at), 0);
  }

  // As the library's tools, but the result is ours: the page around the map must not take it for
  // something that was drawn to be kept.
  function tool(kind, read, whole) {
    return kind.extend({
      reading: (path) => read(whole(path)),
      _fireCreatedEvent() {
        const made = new this.Poly(this._poly.getLatLngs(), { ...line(), fillOpacity: 0.08 });
        const path = made.getLatLngs();
        made.addTo(state.results);
        made.bindTooltip(planmap.element("span", "", read(path)), { permanent: true, className: "planmap-measured" });
        made.openTooltip();
        planmap.cross.say(state.words.cross_measured, read(path));
        state.busy = null;
      },
    });
  }

  const TOOLS = {
    length: [L.Draw.Polyline, along, (path) => path],
    area: [L.Draw.Polygon, (rings) => L.GeometryUtil.geodesicArea(rings[0]), (path) => [path]],
  };
  const READ = { length, area };

  function start(map, kind) {
    if (state.busy) state.busy.disable();
    const [made, measured, whole] = TOOLS[kind];
    const Tool = tool(made, (path) => READ[kind](measured(path)), whole);
    const options = { shapeOptions: line(), metric: true, feet: false, showLength: true, showArea: false };
    state.busy = new Tool(map, options);
    state.busy.enable();
  }

  const ICONS = { length: "↔", area: "▱", clear: "×" };

  function control(map) {
    const made = L.control({ position: "topleft" });
    made.onAdd = () => {
      const bar = planmap.element("div", "leaflet-bar planmap-measure");
      L.DomEvent.disableClickPropagation(bar);
      for (const kind of Object.keys(ICONS)) {
        const button = planmap.element("button", "planmap-measure-" + kind, ICONS[kind]);
        button.type = "button";
        button.addEventListener("click", () => (kind === "clear" ? clear() : start(map, kind)));
        bar.append(button);
      }
      return bar;
    };
    made.addTo(map);
    return made.getContainer();
  }

  function clear() {
    if (state.busy) state.busy.disable();
    state.busy = null;
    state.results.clearLayers();
    planmap.cross.say("");
  }

  planmap.measure = function (map, words) {
    state.words = words;
    planmap.cross.offer(map, words);
    if (!state.bar) {
      state.results = L.layerGroup().addTo(map);
      state.bar = control(map);
    }
    for (const kind of Object.keys(ICONS)) {
      const button = state.bar.querySelector(".planmap-measure-" + kind);
      button.title = kind === "clear" ? words.measure_clear : `${words["measure_" + kind]} (${words.measure_about})`;
      button.setAttribute("aria-label", words["measure_" + kind]);
    }
    const tips = L.drawLocal.draw.handlers;
    for (const kind of ["polyline", "polygon"]) {
      Object.assign(tips[kind].tooltip, { start: words.measure_hint, cont: words.measure_hint, end: words.measure_hint });
    }
  };
})();
