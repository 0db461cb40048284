// Draws the base map and the chosen things with Leaflet. Texts are always written as text,
// never as mark-up; colours and paths come from the table of signs (planmap.base.signs).
"use strict";
var planmap = (function () {
  const ASSETS = "../../assets"; // seen from the frame the map stands in
  const SVG = "http://www.w3.org/2000/svg";
  let clicks = 0;
  let state = {};

  // Both forms at once: which of them is seen the style sheet says, without drawing anew.
  function colour(part) {
    const { colour: light, dark } = planmap.base.signs.base[part];
    return `light-dark(${light}, ${dark})`;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function shape(tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  }

  // ---- base map -------------------------------------------------------------------------
  function pane(map, name, zIndex) {
    map.createPane(name).style.zIndex = zIndex;
    map.getPane(name).style.pointerEvents = "none";
    return name;
  }

  function polygons(map, data, paneName, style) {
    return L.geoJSON(data, { pane: paneName, interactive: false, style: style }).addTo(map);
  }

  const WAYS = {
    motorway: { weight: 3.5, casing: 5 },
    national: { weight: 2.2, casing: 3.4 },
    rail: { weight: 2, dashArray: "7 5" },
  };

  const DETAILS = {
    townships: { weight: 1, dashArray: "2 4" },
    roads: { weight: 1.6 },
    railways: { weight: 1.4, dashArray: "6 4" },
    waterways: { weight: 1.6 },
  };

  function ways(map, data) {
    const casing = (f) => ({
      color: colour("paper"),
      weight: WAYS[f.properties.kind].casing || 0,
      stroke: Boolean(WAYS[f.properties.kind].casing),
    });
    // a course between known points that is a guess is dashed, as the things' own lines are
    const guess = (f) => (f.properties.schematic ? { dashArray: "9 8" } : {});
    const line = (f) => ({ color: colour(f.properties.kind), ...WAYS[f.properties.kind], ...guess(f) });
    polygons(map, data, "planmap-ways", casing);
    polygons(map, data, "planmap-ways", line);
    for (const feature of data.features) roadName(map, feature);
  }

  function roadName(map, feature) {
    const bounds = L.geoJSON(feature).getLayers()[0];
    const line = bounds.getLatLngs().flat(Infinity);
    const at = line[Math.floor(line.length * 0.62)];
    label(map, at, feature.properties.name, "planmap-way planmap-way-" + feature.properties.kind);
  }

  function label(map, at, text, className) {
    const icon = L.divIcon({
      className: className,
      html: element("span", "", text),
      iconSize: [0, 0],
    });
    L.marker(at, { icon, pane: "planmap-names", interactive: false, keyboard: false }).addTo(map);
  }

  // Where there is no room for a name beside those before it, it waits for a closer look.
  function makeRoom(map) {
    const taken = [];
    for (const name of map.getPane("planmap-names").querySelectorAll(".planmap-town")) {
      const { x, y } = L.DomUtil.getPosition(name);
      const wide = 14 * name.textContent.length;
      const crowded = taken.some((one) => Math.abs(one.x - x) < (one.wide + wide) / 2 && Math.abs(one.y - y) < 16);
      name.classList.toggle("planmap-crowded", crowded);
      if (!crowded) taken.push({ x, y, wide });
    }
  }

  // Beyond what the base map covers neither land nor sea is known.
  function sea(map, [west, south, east, north]) {
    const style = { pane: "planmap-land", interactive: false, fillColor: colour("sea"), fillOpacity: 1, stroke: false };
    L.rectangle([[south, west], [north, east]], style).addTo(map);
  }

  function open(map, view, addressed) {
    const base = planmap.base;
    state = { map };
    planmap.dark.follow(map);
    map.attributionControl.setPrefix(false);
    map.getContainer().style.background = colour(base.covered ? "no_data" : "sea");
    pane(map, "planmap-land", 210);
    pane(map, "planmap-tiles", 220);
    pane(map, "planmap-ways", 230);
    pane(map, "planmap-names", 450);
    // before anything is drawn: a move projects all of it anew
    planmap.standing.open(map, view, addressed);
    if (base.covered) sea(map, base.covered);
    polygons(map, base.land, "planmap-land", { fillColor: colour("land"), fillOpacity: 1, stroke: false });
    polygons(map, base.counties, "planmap-ways", (f) => ({
      fill: false,
      color: colour(f.properties.own ? "county" : "neighbour"),
      weight: f.properties.own ? 1.8 : 1,
      dashArray: f.properties.own ? "8 4 2 4" : "3 4",
    }));
    polygons(map, base.details, "planmap-ways", (f) => ({
      fill: false,
      color: colour(f.properties.kind),
      ...DETAILS[f.properties.kind],
    }));
    ways(map, base.ways);
    for (const [name, lon, lat] of base.towns) label(map, [lat, lon], name, "planmap-town");
    planmap.keys.listen(map);
    planmap.paper.listen(map);
    planmap.credit.open(map);
    planmap.things.open(map);
    state.badges = L.featureGroup().addTo(map);
    planmap.touch.listen(map, [planmap.things.state.group, state.badges]);
    map.on("zoomend", nameByZoom);
    nameByZoom();
    L.control.scale({ imperial: false }).addTo(map);
    window.addEventListener("resize", () => map.invalidateSize());
  }

  function nameByZoom() {
    const zoom = state.map.getZoom();
    state.map.getContainer().classList.toggle("planmap-far", zoom < 10);
    makeRoom(state.map);
    planmap.badges.part(state.map);
  }

  // ---- signs ----------------------------------------------------------------------------
  // Leaflet moves each marker in space, and the browser then keeps a layer of its own for each:
  // hundreds of them cost more to put together than all else. On the plane one layer holds all.
  L.Marker.include({
    _setPos(at) {
      for (const part of [this._icon, this._shadow].filter(Boolean)) {
        part._leaflet_pos = at;
        part.style.transform = `translate(${at.x}px, ${at.y}px)`;
      }
      this._zIndex = at.y + this.options.zIndexOffset;
      this._resetZIndex();
    },
  });

  // The mark at a sign's corner: how far the thing is known to be, whatever the plans say.
  function mark(known) {
    const { disc, ground, glyph, ink } = planmap.base.signs.known[known];
    return [
      shape("path", { d: disc, fill: ground, stroke: "#141d26", "stroke-width": 1.1 }),
      shape("path", { d: glyph, fill: ink }),
    ];
  }

  function sign(category, stage, size, known) {
    const signs = planmap.base.signs;
    const drawn = signs.categories[category];
    const look = signs.stages[stage];
    const svg = shape("svg", { width: size, height: size, viewBox: "-15 -15 30 30" });
    svg.append(
      shape("path", { d: drawn.body, fill: look.fill, stroke: colour("ink"), "stroke-width": 1.1 }),
      shape("path", { d: drawn.glyph, fill: look.ink, "fill-rule": "evenodd" }),
      ...(known ? mark(known) : []),
    );
    return svg;
  }

  // ---- things that talk ---------------------------------------------------------------------------
  function popup(name, lines, className) {
    const box = element("div", className);
    box.append(element("strong", "", name));
    for (const line of lines) box.append(element("div", "", line));
    return box;
  }

  function talk(layer, id, name, lines) {
    layer.feature = { type: "Feature", properties: { id, click: 0 } };
    layer.bindTooltip(() => popup(name, lines, "planmap-tip"), { sticky: true, opacity: 1 });
    // A number that grows, so that a second click on the same thing is news as well.
    layer.on("click", () => {
      layer.feature.properties.click = ++clicks;
      choose(id);
    });
    layer.on("add", () => name_element(layer, id, name));
    return layer;
  }

  function name_element(layer, id, name) {
    const drawn = layer.getElement && layer.getElement();
    if (!drawn) return;
    drawn.dataset.id = id;
    drawn.setAttribute("aria-label", name);
    // markers are buttons already; a line or an area is a picture unless it can be pressed
    if (!drawn.hasAttribute("role")) drawn.setAttribute("role", "img");
  }

  function pressable(layer) {
    layer.on("add", () => {
      const drawn = layer.getElement();
      drawn.setAttribute("role", "button");
      drawn.setAttribute("tabindex", "0");
    });
    return layer;
  }

  function unmark() {
    for (const chosen of document.querySelectorAll(".planmap-chosen")) {
      chosen.classList.remove("planmap-chosen");
    }
  }

  function choose(id) {
    planmap.things.choose(-1);
    for (const drawn of document.querySelectorAll("[data-id]")) {
      if (drawn.dataset.id === id) drawn.classList.add("planmap-chosen");
    }
  }

  function draw(records) {
    if (!planmap.ahead.isNews(records.ahead, draw)) return;
    planmap.tiles(state.map, records.tiles);
    drawSigns(records);
    planmap.own(state.map, records.own, records.words);
    planmap.standing.bound(Boolean(records.tiles || records.own.length));
    planmap.measure(state.map, records.words);
    const legend = planmap.legend.draw(state.map, records.legend, records.words);
    planmap.sure.offer(legend, records, () => drawSigns(records));
    planmap.credit.say(records.attribution, records.words);
    planmap.standing.name(records.words);
    planmap.standing.follow(records);
    planmap.standing.visit(records.goal);
    planmap.keys.back(state.map);
  }

  function drawSigns(records) {
    const enough = planmap.sure.enough(records);
    // the badges first: so the keyboard reaches them
    state.badges.clearLayers();
    for (const town of enough.badges) planmap.badges.add(state.badges, town, records.words);
    planmap.badges.part(state.map);
    planmap.badges.mark(state.map, records.badge);
    planmap.things.show(records, enough.classes);
  }

  const kit = { assets: ASSETS, element, shape, colour, sign, mark, popup, unmark, pressable, talk };
  return { open, draw, element, kit };
})();
