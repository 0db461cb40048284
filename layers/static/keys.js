// The map without a mouse: Tab goes from sign to sign and moves the map along, Enter or the space
// bar chooses, Escape closes what popped up.
"use strict";
planmap.keys = (function () {
  const CHOSEN = ".planmap-marker, path[role=button]";
  let held = ""; // where the keyboard is: badges are drawn anew, and it must not be lost with them
  let quiet = false; // what popped up there was closed: drawn anew it does not pop up again

  const passing = (layer) => layer.getTooltip && layer.getTooltip() && !layer.getTooltip().options.permanent;

  function hush(map) {
    map.closePopup();
    map.eachLayer((layer) => passing(layer) && layer.closeTooltip());
  }

  function press(map, event) {
    if (event.key === "Tab") held = "";
    quiet = event.key === "Escape";
    if (quiet) hush(map);
    // to the library its buttons are links, which the space bar does not press
    if (event.key === " " && event.target.matches("a[role=button]")) {
      event.preventDefault();
      event.target.click();
    }
    const sign = ["Enter", " "].includes(event.key) && event.target.closest(CHOSEN);
    if (!sign) return;
    event.preventDefault();
    sign.dispatchEvent(new MouseEvent("click", { bubbles: true, view: window }));
  }

  // The browser would scroll to what gets the focus; a map is not scrolled but moved.
  function follow(map, sign) {
    held = sign.dataset.id || "";
    if (!sign.matches(".planmap-marker:focus-visible")) return;
    const at = map.layerPointToLatLng(L.DomUtil.getPosition(sign));
    planmap.standing.ours(() => map.panInside(at, { padding: [40, 40], animate: false }));
  }

  function back(map) {
    if (!held || document.activeElement !== document.body) return;
    const sign = document.querySelector(`[data-id="${CSS.escape(held)}"]`);
    if (sign) sign.focus({ preventScroll: true });
    if (quiet) hush(map);
  }

  // The library gives the map the keyboard when it or a button on it is first pressed, and the browser
  // then moves the page to show all of the map: what was pressed is no longer under the finger, and
  // the press is lost.
  const take = (map) => map.getContainer().focus({ preventScroll: true });
  L.Map.Keyboard.include({
    _onMouseDown() {
      if (!this._focused) take(this._map);
    },
  });
  L.Control.include({
    _refocusOnMap(event) {
      if (this._map && event && event.screenX > 0 && event.screenY > 0) take(this._map);
    },
  });

  function listen(map) {
    const box = map.getContainer();
    for (const one of [box, document.body]) one.addEventListener("scroll", () => one.scrollTo(0, 0));
    box.addEventListener("focusin", (event) => follow(map, event.target));
    box.addEventListener("keydown", (event) => press(map, event));
    box.addEventListener("pointerdown", () => (held = ""));
  }

  return { listen, back };
})();
