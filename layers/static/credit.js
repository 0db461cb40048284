// Whose data are drawn. All of it is seen at first; the first time that the user touches the map it
// folds behind a button, which brings it back. New sources show themselves again. Always printed.
"use strict";
planmap.credit = (function () {
  const state = { map: null, said: "", box: null, button: null };

  function fold(folded) {
    state.box.classList.toggle("planmap-credit-folded", folded);
    state.button.setAttribute("aria-expanded", String(!folded));
  }

  function show() {
    if (state.box) fold(false);
  }

  function open(map) {
    const text = map.attributionControl.getContainer();
    [state.map, state.box] = [map, planmap.element("div", "planmap-credit leaflet-control")];
    state.button = planmap.element("button", "planmap-credit-button", "i");
    state.button.type = "button";
    text.replaceWith(state.box);
    state.box.append(text, state.button);
    L.DomEvent.disableClickPropagation(state.box);
    state.button.addEventListener("click", () => {
      fold(!state.box.classList.contains("planmap-credit-folded"));
      state.box.classList.toggle("planmap-credit-asked", true);
    });
    const away = ({ target }) => state.box.contains(target) || fold(true);
    for (const touched of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(touched, away, { passive: true });
    fold(false);
  }

  function say(lines, words) {
    const control = state.map.attributionControl;
    const said = planmap.element("span", "", lines.join(" · ")).outerHTML;
    state.button.title = words.map_credit;
    state.button.setAttribute("aria-label", words.map_credit);
    if (said === state.said) return;
    if (state.said) control.removeAttribution(state.said);
    control.addAttribution(said);
    state.said = said;
  }

  return { open, say, show };
})();
