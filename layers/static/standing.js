// Where the map stands. It opens at the place that the address names, else at all that is selected,
// and goes along when the selection changes, until the user moves it: then a button leads there.
// The user's own place is part of the page's address, written without asking the server.
"use strict";
planmap.standing = (function () {
  const PLACE = [/^-?\d{1,2}(\.\d+)?$/, /^-?\d{1,3}(\.\d+)?$/, /^\d{1,2}(\.\d+)?$/];
  const CLOSEST = 15; // no nearer than this for a single thing
  const FARTHEST = 9; // no farther than this, and as many widths of the base map beyond its edge
  const BEYOND = 0.5;
  // Pixels kept free for tools, and beside them for half a name or half a sign.
  const ROOM = { left: 80, top: 34, right: 36, bottom: 48 };
  const state = { map: null, ours: 0, moved: false, target: null, seen: null, fit: null };

  function atAddress() {
    const parts = (new URLSearchParams(window.parent.location.search).get("at") || "").split(",");
    if (parts.length !== 3 || !parts.every((part, n) => PLACE[n].test(part))) return null;
    const [lat, lng, zoom] = parts.map(Number);
    return Math.abs(lat) > 90 || Math.abs(lng) > 180 ? null : [[lat, lng], zoom];
  }

  function say(place) {
    if (!state.addressed) return;
    const url = new URL(window.parent.location.href);
    if ((url.searchParams.get("at") || "") === place) return;
    if (place) url.searchParams.set("at", place);
    else url.searchParams.delete("at");
    window.parent.history.replaceState(window.parent.history.state, "", url);
  }

  function place() {
    const { lat, lng } = state.map.getCenter().wrap();
    return `${lat.toFixed(5)},${lng.toFixed(5)},${state.map.getZoom()}`;
  }

  function tell() {
    const { x, y } = state.map.getSize();
    if (state.addressed && y) planmap.ahead.tell(JSON.stringify({ at: place(), size: [x, y] }));
  }

  // ---- moves ----------------------------------------------------------------------------
  // A move of the program's, which is none of the user's.
  function ours(move) {
    state.ours += 1;
    try {
      move();
    } finally {
      state.ours -= 1;
    }
  }

  // Goes to what the program wants to be seen; the place that the user had chosen is given up.
  function go(move) {
    [state.target, state.moved] = [move, false];
    ours(move);
    say("");
    offer();
  }

  function show([west, south, east, north], room) {
    const { left, top, right, bottom } = room;
    state.map.fitBounds([[south, west], [north, east]], {
      animate: false,
      maxZoom: CLOSEST,
      paddingTopLeft: [left, top],
      paddingBottomRight: [Math.max(right, planmap.legend.width()), bottom],
    });
  }

  const home = () => show(state.view, ROOM);
  const all = () => (state.fit.whole ? home() : show(state.fit.box, ROOM));

  // ---- the selection --------------------------------------------------------------------
  function follow(records) {
    const selected = `${records.version} ${records.mask}`;
    if (!records.fit || selected === state.seen) return offer();
    const first = state.seen === null;
    Object.assign(state, { seen: selected, fit: records.fit });
    state.behind = state.moved && !(first && records.fit.whole);
    if (!state.moved && records.fit.box) go(all);
    else offer();
  }

  function offer() {
    if (!state.button) return;
    state.button.hidden = !(state.moved && state.behind && state.fit && state.fit.box);
  }

  // Goes to a box that was asked for. Each request is met once, also where the map was drawn anew
  // since: the page around it remembers the number.
  function visit(goal) {
    if (!goal || goal.number === window.parent.planmapVisited) return;
    window.parent.planmapVisited = goal.number;
    go(() => show(goal.box, ROOM));
  }

  // Shows the same on a map of another size: its goal, or what the user saw.
  function again(seen) {
    const same = () => state.map.fitBounds(seen, { animate: false, maxZoom: state.map.getMaxZoom() });
    ours(state.moved ? same : state.target);
  }

  // ---- buttons --------------------------------------------------------------------------
  function press(button, act) {
    button.type = "button";
    button.addEventListener("click", act);
    L.DomEvent.disableClickPropagation(button);
    return button;
  }

  function addButtons() {
    const zoom = state.map.zoomControl && state.map.zoomControl.getContainer();
    state.home = press(planmap.element("button", "planmap-home", "⌂"), () => go(home));
    if (zoom) zoom.append(state.home);
    state.button = press(planmap.element("button", "planmap-all"), () => go(all));
    state.button.hidden = true;
    state.map.getContainer().append(state.button);
  }

  function name(words) {
    if (!words.map_home) return;
    const zoom = state.map.zoomControl;
    const named = [[state.home, words.map_home], ...(zoom ? [[zoom._zoomInButton, words.map_zoom_in], [zoom._zoomOutButton, words.map_zoom_out]] : [])];
    for (const [button, text] of named) {
      button.title = text;
      button.setAttribute("aria-label", text);
    }
    state.button.textContent = words.map_all;
  }

  // ---- limits ---------------------------------------------------------------------------
  // The base map covers one city and what lies around it: far from it there is nothing to see, but
  // for the user's own layers and the base maps of others.
  function bound(free) {
    const covered = planmap.base.covered;
    if (!covered || free === state.free) return;
    state.free = free;
    const [west, south, east, north] = covered;
    const box = L.latLngBounds([south, west], [north, east]);
    state.map.options.maxBoundsViscosity = 1;
    ours(() => {
      state.map.setMinZoom(free ? 0 : FARTHEST);
      state.map.setMaxBounds(free ? null : box.pad(BEYOND));
    });
  }

  // ---- opening --------------------------------------------------------------------------
  function open(map, view, addressed) {
    Object.assign(state, { map, view, addressed });
    const wanted = addressed ? atAddress() : null;
    state.target = wanted ? () => map.setView(...wanted, { animate: false }) : home;
    state.moved = Boolean(wanted);
    ours(state.target);
    // The frame gets its height after the map was made, and a phone is turned.
    map.on("resize", () => {
      if (!state.moved || !state.tall) ours(state.target);
      state.tall = state.tall || map.getSize().y > 0;
    });
    map.on("movestart zoomstart", () => {
      if (state.ours || !map.getSize().y) return;
      [state.moved, state.tall] = [true, true];
    });
    map.on("moveend", () => {
      if (state.moved && state.tall && !state.ours) say(place());
      tell();
    });
    addButtons();
  }

  return { open, ours, go, follow, visit, again, name, bound };
})();
