// The map is light or dark as the page around it is: Streamlit says there which of both, by the
// browser's wish or the user's own. Over tiles of other hosts and on paper it is always light.
"use strict";
planmap.dark = (function () {
  const page = window.frameElement.parentElement; // the frame itself belongs to neither look
  const paper = window.matchMedia("print");
  let map = null;
  let tiles = false;

  const wanted = () => getComputedStyle(page).colorScheme === "dark" && !tiles && !paper.matches;

  function apply() {
    const box = map.getContainer();
    box.classList.toggle("planmap-dark", wanted());
    // here, not in the style sheet, which may come after the first frame
    box.style.colorScheme = wanted() ? "dark" : "light";
    if (planmap.things.state.dots) planmap.things.state.dots.recolour();
  }

  function follow(shown) {
    map = shown;
    apply();
    new MutationObserver(apply).observe(page.closest(".stApp"), { attributes: true, attributeFilter: ["class"] });
    paper.addEventListener("change", apply);
  }

  // Whether tiles of another host lie under everything.
  function lie(under) {
    tiles = under;
    apply();
  }

  // The colour that is seen now, for a canvas, which knows no style sheet.
  const plain = (part) => planmap.base.signs.base[part][wanted() ? "dark" : "colour"];

  return { follow, lie, plain, apply };
})();
