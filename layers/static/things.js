// The things on the map. What is constant of all of them (place, stage, category) comes once, as
// one packed file; a selection is then only a mask over its rows. Few things in view are drawn as
// signs that can be reached by keyboard, many as dots on a canvas. Texts are asked for when shown.
"use strict";
planmap.things = (function () {
  const { element, shape, colour, sign, popup, pressable } = planmap.kit;
  const FEW = 400; // up to so many are signs of their own
  const KEPT = 400; // so many stay, unseen, when they are no longer shown
  const BATCH = 200; // texts asked for at once
  const NEAR = 12; // pixels within which a dot is hit
  const state = { packs: new Map(), texts: new Map(), layers: new Map(), resting: new Set(), made: new Map(), shown: [], chosen: -1 };
  let clicks = 0;

  // ---- the packed file ------------------------------------------------------------------
  const address = (version) => `${planmap.kit.assets}/things/${version}`;

  function sums(steps) {
    let sum = 0;
    return Int32Array.from(steps, (step) => (sum += step));
  }

  // Web Mercator as shares of the world's width: the same for every zoom.
  const worldX = (lon) => (lon + 180) / 360;
  function worldY(lat) {
    const sin = Math.sin((lat * Math.PI) / 180);
    return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
  }

  function unpack(raw) {
    const lon = Float64Array.from(raw.lon, (value) => value / raw.scale);
    const lat = Float64Array.from(raw.lat, (value) => value / raw.scale);
    const paths = Object.entries(raw.shapes).map(([at, geometry]) => ({ at: Number(at), rings: rings(geometry) }));
    return { ...raw, lon, lat, rows: sums(raw.rows), x: lon.map(worldX), y: lat.map(worldY), paths };
  }

  function rings(geometry) {
    const world = (line) => line.map(([lon, lat]) => [worldX(lon), worldY(lat)]);
    if (geometry.type === "LineString") return [world(geometry.coordinates)];
    return geometry.coordinates.flat(geometry.type === "MultiPolygon" ? 1 : 0).map(world);
  }

  function bits(mask, rows) {
    const bytes = Uint8Array.from(atob(mask), (sign) => sign.charCodeAt(0));
    const found = [];
    for (let at = 0; at < rows.length; at += 1) {
      const row = rows[at];
      if (bytes[row >> 3] & (128 >> (row & 7))) found.push(at);
    }
    return found;
  }

  const sureEnough = (pack) => (at) => state.classes.includes(pack.locality[at] ? "locality" : "site");

  async function show(records, classes) {
    Object.assign(state, { wanted: records, classes });
    if (records.pack) state.packs = new Map([[records.version, unpack({ version: records.version, ...records.pack })]]);
    if (!state.packs.has(records.version)) {
      const answer = await fetch(`${address(records.version)}.json`);
      if (!answer.ok) return; // the data changed meanwhile: the next answer of the server names them
      state.packs.clear();
      state.packs.set(records.version, unpack(await answer.json()));
    }
    if (state.wanted === records) apply(records);
  }

  function apply(records) {
    const pack = state.packs.get(records.version);
    if (pack !== state.pack || records.language !== state.language) state.texts.clear();
    if (pack !== state.pack) {
      forget();
    }
    Object.assign(state, { pack, language: records.language, shown: bits(records.mask, pack.rows).filter(sureEnough(pack)) });
    state.chosen = pack.rows.indexOf(records.chosen);
    render();
    state.map.getContainer().dataset.shown = state.shown.length;
    go(records);
    planmap.badges.part(state.map); // they give way to the pins, which may come after them
    planmap.ahead.drawn();
  }

  // ---- texts ----------------------------------------------------------------------------
  async function need(some) {
    if (state.pack.lines) return;
    const lacking = some.filter((at) => !state.texts.has(at)).slice(0, BATCH * 4);
    const { pack, language } = state;
    for (let from = 0; from < lacking.length; from += BATCH) {
      const rows = lacking.slice(from, from + BATCH).map((at) => pack.rows[at]);
      const answer = await fetch(`${address(pack.version)}/texts?language=${language}&rows=${rows}`);
      if (!answer.ok || pack !== state.pack || language !== state.language) return;
      const texts = await answer.json();
      texts.forEach((text, n) => state.texts.set(lacking[from + n], text));
      lacking.slice(from, from + BATCH).forEach(nameLayer);
    }
  }

  const nameOf = (at) => (state.pack.names || {})[at] || (state.texts.get(at) || {}).name || "";
  const idOf = (at) => (state.pack.ids || {})[at] || (state.texts.get(at) || {}).id || "";
  const linesOf = (at) => (state.pack.lines || {})[at] || (state.texts.get(at) || { lines: [] }).lines;

  function tip(at) {
    return popup(nameOf(at), linesOf(at), "planmap-tip");
  }

  // ---- signs ----------------------------------------------------------------------------
  function thing(at) {
    const pack = state.pack;
    return {
      at,
      stage: pack.stages[pack.stage[at]],
      category: pack.categories[pack.category[at]],
      known: pack.known[at],
      locality: Boolean(pack.locality[at]),
      radius: pack.radii[pack.radius[at]],
      schematic: Boolean(pack.schematic[at]),
      fan: pack.fans[at] || [0, -17],
      place: [pack.lat[at], pack.lon[at]],
      geometry: pack.shapes[at],
    };
  }

  function pinIcon(one) {
    const box = element("div", "planmap-pin");
    const drawn = head(one, 27, ...one.fan);
    drawn.prepend(foot(one.fan, 27 / 30));
    box.append(drawn);
    return L.divIcon({ className: "planmap-marker", html: box, iconSize: [0, 0] });
  }

  // A pin's foot stands on the place; pins that share a place stand around it on longer feet.
  // It is part of the same picture: to lay out a second one for each pin takes as long as the first.
  function foot([dx, dy], scale) {
    const [x, y] = [-dx / scale, -dy / scale];
    const drawn = shape("g", { "pointer-events": "none" });
    drawn.append(
      shape("line", { x1: x, y1: y, x2: 0, y2: 0, stroke: colour("ink"), "stroke-width": 1.4 / scale }),
      shape("circle", { cx: x, cy: y, r: 2 / scale, fill: colour("ink") }),
    );
    return drawn;
  }

  function plainIcon(one) {
    const box = element("div", "planmap-pin");
    box.append(head(one, 21, 0, 0));
    return L.divIcon({ className: "planmap-marker", html: box, iconSize: [0, 0] });
  }

  const heads = new Map(); // one of each kind, to copy

  // It grows from its place, where it has a foot there.
  function head(one, size, dx, dy) {
    const kind = [one.category, one.stage, size, one.known].join();
    if (!heads.has(kind)) heads.set(kind, sign(one.category, one.stage, size, one.known));
    const drawn = heads.get(kind).cloneNode(true);
    const half = size / 2;
    drawn.setAttribute("style", `left:${dx - half}px;top:${dy - half}px;transform-origin:${half - dx}px ${half - dy}px`);
    drawn.setAttribute("class", "planmap-head");
    return drawn;
  }

  function talk(layer, at) {
    layer.feature = { type: "Feature", properties: { row: state.pack.rows[at], id: idOf(at), click: 0 } };
    layer.bindTooltip(() => tip(at), { sticky: true, opacity: 1 });
    layer.on("tooltipopen", ({ tooltip }) => {
      keepInside(tooltip);
      need([at]).then(() => {
        layer.setTooltipContent(() => tip(at));
        keepInside(tooltip);
      });
    });
    layer.on("mousemove", () => keepInside(layer.getTooltip()));
    // A number that grows, so that a second click on the same thing is news as well.
    layer.on("click", () => {
      layer.feature.properties.click = ++clicks;
      choose(at);
    });
    layer.on("add", () => nameElement(layer, at));
    return layer;
  }

  // A long window near an edge of the map is moved up or down, so that no line of it is cut off.
  function keepInside(tooltip) {
    if (!tooltip.getElement() || !tooltip.isOpen()) return;
    tooltip.options.offset = L.point(0, 0);
    tooltip.update();
    const [box, map] = [tooltip.getElement(), state.map.getContainer()].map((one) => one.getBoundingClientRect());
    const down = Math.max(map.top + 4 - box.top, 0);
    tooltip.options.offset = L.point(0, down || Math.min(map.bottom - 4 - box.bottom, 0));
    tooltip.update();
  }

  function nameElement(layer, at) {
    const drawn = layer.getElement && layer.getElement();
    if (!drawn) return;
    if (idOf(at)) drawn.dataset.id = idOf(at);
    drawn.setAttribute("aria-label", nameOf(at));
    // markers are buttons already; a line or an area is a picture unless it can be pressed
    if (!drawn.hasAttribute("role")) drawn.setAttribute("role", "img");
    drawn.classList.toggle("planmap-chosen", at === state.chosen);
  }

  function nameLayer(at) {
    const parts = state.layers.get(at);
    if (parts) parts.eachLayer((layer) => layer.feature && nameElement(layer, at));
  }

  const marker = (one, at, icon) => talk(L.marker(at, { icon, riseOnHover: true }), one.at);

  function point(one) {
    const pin = marker(one, one.place, pinIcon(one));
    return one.locality ? [circle(one), pin] : [pin];
  }

  // Light enough for the signs to stand out, also where several circles lie on each other.
  function circle(one) {
    const light = state.pack.fans[one.at] ? 0.35 : 1;
    return L.circle(one.place, {
      radius: one.radius,
      color: colour("ink"),
      weight: 1,
      opacity: 0.24 * light,
      dashArray: "2 4",
      fillColor: planmap.base.signs.stages[one.stage].fill,
      fillOpacity: 0.06 * light,
      interactive: false,
    });
  }

  function line(one) {
    const look = planmap.base.signs.stages[one.stage];
    const made = (style) => L.geoJSON(one.geometry, { style }).getLayers()[0];
    const band = made({ color: look.fill, opacity: 0.08, interactive: false });
    band.planmapRadius = one.radius;
    const dash = one.schematic ? "9 8" : null;
    const opacity = dash ? 0.3 : 0.6;
    const casing = made({ color: colour("ink"), weight: 5.4, opacity, interactive: false });
    const stroke = made({ color: look.fill, weight: 4, dashArray: dash, lineCap: dash ? "butt" : "round" });
    // its sign half way along is where the keyboard stops
    stroke.on("add", () => stroke.getElement().setAttribute("tabindex", "-1"));
    return [band, casing, talk(stroke, one.at), marker(one, one.place, plainIcon(one))];
  }

  function area(one) {
    const look = planmap.base.signs.stages[one.stage];
    const style = { color: look.fill, weight: 2, fillOpacity: 0.3 };
    return [pressable(talk(L.geoJSON(one.geometry, { style }).getLayers()[0], one.at))];
  }

  function parts(at) {
    const one = thing(at);
    if (!one.geometry) return point(one);
    return one.geometry.type.endsWith("LineString") ? line(one) : area(one);
  }

  function scaleBands() {
    const map = state.map;
    const metres = (40075016.7 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    for (const some of state.layers.values()) {
      some.eachLayer((layer) => {
        if (layer.planmapRadius) layer.setStyle({ weight: Math.min((2 * layer.planmapRadius) / metres, 4000) });
      });
    }
  }

  // ---- what is drawn how ----------------------------------------------------------------
  function inView() {
    const bounds = state.map.getBounds().pad(0.1);
    const [west, east] = [worldX(bounds.getWest()), worldX(bounds.getEast())];
    const [north, south] = [worldY(bounds.getNorth()), worldY(bounds.getSouth())];
    const { x, y } = state.pack;
    return state.shown.filter((at) => x[at] >= west && x[at] <= east && y[at] >= north && y[at] <= south);
  }

  function render() {
    if (!state.pack) return;
    const few = state.shown.length <= FEW;
    const near = few ? state.shown : inView();
    const signs = near.length <= FEW ? near : [];
    state.many = !signs.length && near.length > 0;
    state.dots.paint(state.many ? near : []);
    const wanted = new Set(signs);
    // First what comes, then what goes: no frame between is empty.
    for (const at of signs) if (!state.layers.has(at)) add(at);
    drop([...state.layers.keys()].filter((at) => !wanted.has(at)));
    scaleBands();
    mark();
    clearTimeout(state.asking);
    state.asking = setTimeout(() => need(signs), 200);
  }

  function add(at) {
    if (!state.made.has(at)) state.made.set(at, L.featureGroup(parts(at)));
    const made = state.made.get(at);
    state.layers.set(at, made);
    if (state.resting.delete(at)) rest(made, false);
    else made.addTo(state.group);
  }

  // What was drawn once stays where it is, unseen: filters go to and fro.
  function drop(some) {
    for (const at of some) {
      rest(state.layers.get(at), true);
      state.resting.add(at);
      state.layers.delete(at);
    }
    if (state.resting.size > KEPT) clear();
  }

  function rest(made, resting) {
    made.eachLayer((layer) => {
      const drawn = layer.getElement();
      drawn.classList.toggle("planmap-resting", resting);
      if (resting) delete drawn.dataset.id; // for now it is no thing of the map
    });
  }

  function clear() {
    for (const at of state.resting) {
      state.group.removeLayer(state.made.get(at));
      state.made.delete(at);
    }
    state.resting.clear();
  }

  function forget() {
    drop([...state.layers.keys()]);
    clear();
  }

  // ---- choosing -------------------------------------------------------------------------
  function choose(at) {
    planmap.kit.unmark();
    state.chosen = at;
    mark();
  }

  function mark() {
    for (const at of state.layers.keys()) nameLayer(at);
    state.dots.ring(state.many ? state.chosen : -1);
  }

  // A jump is asked for once: its number tells it from the last one.
  function go({ jump, jumps }) {
    if (!jump || jumps === state.jumps) return;
    state.jumps = jumps;
    const at = state.pack.rows.indexOf(jump.row);
    const geometry = at < 0 ? null : state.pack.shapes[at];
    const map = state.map;
    const still = { animate: false };
    const to = () => map.setView(jump.at, Math.max(map.getZoom(), jump.zoom), still);
    const around = () => map.fitBounds(L.geoJSON(geometry).getBounds(), { maxZoom: 14, padding: [60, 60], ...still });
    if (geometry) planmap.standing.go(around);
    else if (jump.at) planmap.standing.go(to);
  }

  // ---- dots -----------------------------------------------------------------------------
  function nearest(place) {
    if (!state.many) return -1;
    const size = 256 * 2 ** state.map.getZoom();
    const [px, py] = [worldX(place.lng) * size, worldY(place.lat) * size];
    let [best, found] = [NEAR * NEAR, -1];
    for (const at of state.dots.near) {
      const [dx, dy] = [state.pack.x[at] * size - px, state.pack.y[at] * size - py];
      if (dx * dx + dy * dy < best) [best, found] = [dx * dx + dy * dy, at];
    }
    return found;
  }

  function hover(event) {
    if (!state.many && state.over === undefined) return;
    const at = nearest(event.latlng);
    if (at === state.over) return;
    state.over = at < 0 ? undefined : at;
    state.map.getContainer().style.cursor = at < 0 ? "" : "pointer";
    state.tooltip.remove();
    if (at < 0) return;
    state.tooltip.setLatLng([state.pack.lat[at], state.pack.lon[at]]).setContent(tip(at));
    need([at]).then(() => {
      if (state.over === at) state.tooltip.setContent(tip(at)).addTo(state.map);
    });
  }

  function pick(event) {
    const at = nearest(event.latlng);
    if (at < 0) return;
    choose(at);
    const properties = { row: state.pack.rows[at], id: idOf(at), click: ++clicks };
    // As a layer would tell it: streamlit-folium listens to the group.
    const layer = { toGeoJSON: () => ({ type: "Feature", geometry: null, properties }) };
    state.group.fire("click", { layer, latlng: event.latlng });
  }

  function open(map) {
    state.map = map;
    state.group = L.featureGroup().addTo(map);
    map.createPane("planmap-dots").style.zIndex = 420;
    map.getPane("planmap-dots").style.pointerEvents = "none";
    state.dots = new planmap.Dots({ pane: "planmap-dots" }, state).addTo(map);
    state.tooltip = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1 });
    map.on("moveend", () => state.shown.length > FEW && render());
    map.on("zoomend", scaleBands);
    map.on("mousemove", hover);
    map.on("click", pick);
  }

  return { open, show, choose, count: () => state.shown.length, state };
})();
