// Drawing and measuring without a mouse: a tool that was started by keys works on a cross in the
// middle of the map. Arrows move the map under it, the space bar sets a point, Enter ends; what
// happened is written above the cross, where a screen reader hears of it.
"use strict";
planmap.cross = (function () {
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const STEP = 40;
  const FINE = 4; // with the shift key
  const state = { map: null, words: {}, tool: null, from: null };

  function say(...parts) {
    state.said.textContent = parts.filter(Boolean).join(" · ");
  }

  const points = (tool) => (tool._poly ? tool._poly.getLatLngs() : []);

  function tell(tool) {
    const path = points(tool);
    say(`${state.words.cross_points} ${path.length}`, tool.reading && tool.reading(path));
  }

  // ---- what keys do ---------------------------------------------------------------------
  // A pin needs its one point only.
  function add(tool) {
    if (!tool.addVertex) return tool._onTouch({ latlng: state.map.getCenter() });
    const before = points(tool).length;
    tool.addVertex(state.map.getCenter());
    if (points(tool).length > before) tell(tool);
    else say(state.words.cross_refused);
  }

  function end(tool) {
    if (!tool.completeShape) return add(tool);
    tool.completeShape();
    if (state.tool) say(state.words.cross_few);
  }

  function takeBack(tool) {
    if (points(tool).length < 2) return;
    tool.deleteLastVertex();
    tell(tool);
  }

  const DONE = { " ": add, Enter: end, Backspace: takeBack };

  function press(event) {
    if (!state.tool || event.target !== state.map.getContainer()) return;
    const [step, done] = [STEPS[event.key], DONE[event.key]];
    if (!step && !done) return;
    event.preventDefault();
    event.stopPropagation();
    if (step) state.map.panBy(L.point(step).multiplyBy(event.shiftKey ? FINE : STEP), { animate: false });
    else if (!event.repeat) done(state.tool);
  }

  // ---- when a tool starts and ends ----------------------------------------------------------
  function show(shown) {
    const box = state.map.getContainer();
    box.classList.toggle("planmap-crossed", shown);
    // a screen reader leaves the arrows to the map meanwhile
    if (shown) box.setAttribute("role", "application");
    else box.setAttribute("role", "region");
  }

  function start(tool) {
    if (!state.map || !state.map.getContainer().matches(":focus-visible")) return;
    state.tool = tool;
    say(state.words.cross_hint);
    show(true);
  }

  function stop(tool) {
    if (state.tool !== tool) return;
    state.tool = null;
    show(false);
    if (state.from && document.activeElement === state.map.getContainer()) state.from.focus();
  }

  // All tools are made of this one; hooks for its making the library itself overwrites.
  const { enable, disable } = L.Draw.Feature.prototype;
  L.Draw.Feature.include({
    enable() {
      enable.call(this);
      start(this);
    },
    disable() {
      disable.call(this);
      stop(this);
    },
  });

  function set(map) {
    const box = map.getContainer();
    state.map = map;
    state.said = planmap.element("output", "planmap-said");
    state.said.setAttribute("aria-live", "polite");
    box.append(planmap.element("div", "planmap-cross"), state.said);
    map.on("draw:canceled", () => say());
    box.addEventListener("keydown", press);
    box.addEventListener("focusin", ({ target }) => (state.from = target.closest(".leaflet-control") ? target : state.from));
    show(false);
  }

  function offer(map, words) {
    if (!state.map) set(map);
    state.words = words;
    map.getContainer().setAttribute("aria-label", words.cross_map);
  }

  return { offer, say };
})();
