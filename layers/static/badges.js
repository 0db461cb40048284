// The numbers at the townships' seats. They stand below the names; where they would hide each other,
// a name or a pin, they move a little: to the nearest place around their seat that is free, and a
// line leads back to it, so that none is taken for that of another township.
"use strict";
planmap.badges = (function () {
  const { element, talk } = planmap.kit;
  const [HIGH, BELOW] = [20, 20]; // of a badge, and how far its middle stands below its seat
  const LETTER = [13, 13]; // of the names: a badge may touch them
  // Where a badge may stand: at its usual place, then around its seat, ever farther.
  const PLACES = [[0, 0], ...[26, 36, 48, 62].flatMap((far) => around(far))];

  function around(far) {
    return [0, 1, 2, 3, 4, 5, 6, 7].map((eighth) => {
      const angle = (eighth * Math.PI) / 4;
      return [Math.round(far * Math.cos(angle)), Math.round(far * Math.sin(angle)) - BELOW];
    });
  }

  function add(group, town, words) {
    const [seat, badge] = [element("div"), element("div", "planmap-badge")];
    badge.append(element("b", "", town.count));
    badge.dataset.ids = JSON.stringify(town.ids);
    seat.append(element("i", "planmap-leader"), badge);
    const icon = L.divIcon({ className: "planmap-marker", html: seat, iconSize: [0, 0] });
    const marker = L.marker(town.at, { icon, zIndexOffset: 500 });
    const shown = town.names.slice(0, 8);
    if (shown.length < town.names.length) shown.push(words.and_so_on);
    talk(marker, "township:" + town.id, town.title, shown).addTo(group);
  }

  const box = (x, y, wide, high) => ({ x, y, wide, high });

  function common(one, other) {
    const wide = (one.wide + other.wide) / 2 - Math.abs(one.x - other.x);
    const high = (one.high + other.high) / 2 - Math.abs(one.y - other.y);
    return wide > 0 && high > 0 ? wide * high : 0;
  }

  // What is known of the names is enough to place the badges: nothing is measured in the page.
  function names(map) {
    const shown = map.getPane("planmap-names").querySelectorAll(".planmap-town:not(.planmap-crowded)");
    return [...shown].map((name) => {
      const { x, y } = L.DomUtil.getPosition(name);
      return box(x, y, LETTER[0] * name.textContent.length, LETTER[1]);
    });
  }

  function pins(map) {
    const shown = map.getPane("markerPane").querySelectorAll(".planmap-marker:not(.planmap-resting) .planmap-head");
    return [...shown].map((head) => {
      const { x, y } = L.DomUtil.getPosition(head.closest(".planmap-marker"));
      const half = head.getAttribute("width") / 2;
      return box(x + parseFloat(head.style.left) + half, y + parseFloat(head.style.top) + half, 2 * half, 2 * half);
    });
  }

  function lead(line, dx, dy) {
    const far = dx || dy ? Math.hypot(dx, dy + BELOW) : 0;
    Object.assign(line.style, { width: `${far}px`, rotate: `${Math.atan2(dy + BELOW, dx)}rad` });
  }

  // The nearest free place, else the one that hides least.
  function best(hidden) {
    let [least, found] = [Infinity, PLACES[0]];
    for (const place of PLACES) {
      const now = hidden(place);
      if (now < least) [least, found] = [now, place];
      if (!now) break;
    }
    return found;
  }

  function part(map) {
    const taken = [...names(map), ...pins(map)];
    for (const drawn of map.getPane("markerPane").querySelectorAll(".planmap-badge")) {
      const { x, y } = L.DomUtil.getPosition(drawn.closest(".planmap-marker"));
      const wide = 18 + 8 * drawn.textContent.length;
      const at = ([dx, dy]) => box(x + dx, y + BELOW + dy, wide, HIGH);
      const [dx, dy] = best((place) => taken.reduce((sum, one) => sum + common(at(place), one), 0));
      drawn.style.translate = `${dx}px ${dy}px`;
      lead(drawn.previousSibling, dx, dy);
      taken.push(at([dx, dy]));
    }
  }

  function mark(map, opened) {
    for (const drawn of map.getPane("markerPane").querySelectorAll("[data-id^='township:']")) {
      drawn.classList.toggle("planmap-chosen", drawn.dataset.id === "township:" + opened);
    }
  }

  return { add, part, mark };
})();
