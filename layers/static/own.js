// A user's own layers: drawn under the signs, in one quiet look, with their properties as text.
"use strict";
(function () {
  const LOOKS = [["#7a3e9d", "#c9a2e0"], ["#00695c", "#63c7b7"], ["#8a4b08", "#e3aa68"], ["#37474f", "#b4c2ca"]];
  let drawn = null;
  let shown = "";

  function table(properties) {
    const box = planmap.element("dl", "planmap-own-facts");
    for (const [name, value] of Object.entries(properties)) {
      if (value) box.append(planmap.element("dt", "", name), planmap.element("dd", "", value));
    }
    return box;
  }

  // What lies between map and page asks what is clicked for its GeoJSON, and the page takes that
  // for a thing of the plans; a user's own features keep theirs to themselves.
  function keep(each) {
    if (each.eachLayer) each.eachLayer(keep);
    else each.toGeoJSON = null;
  }

  // What is drawn of a feature: several things, where it is a collection.
  const parts = (each) => (each.eachLayer ? each.getLayers().flatMap(parts) : [each]);
  const NAMES = /^(name|名称|名|title|标题)$/i;

  function nameOf(properties) {
    const called = Object.entries(properties).find(([key, value]) => NAMES.test(key) && value);
    return called ? called[1] : Object.values(properties).find(Boolean);
  }

  function layer(one, number) {
    const color = `light-dark(${LOOKS[number % LOOKS.length]})`;
    const made = L.geoJSON(one.shapes, {
      pane: "planmap-own",
      style: { color, weight: 2.5, fillOpacity: 0.12 },
      pointToLayer: (_, at) => L.circleMarker(at, { pane: "planmap-own", radius: 6, color, weight: 2, fillOpacity: 0.5 }),
    });
    made.eachLayer(keep);
    made.eachLayer((each) => {
      const named = nameOf(each.feature.properties) || one.name;
      for (const part of parts(each)) {
        planmap.kit.pressable(part).on("add", () => part.getElement().setAttribute("aria-label", named));
      }
      each.bindPopup(() => table(each.feature.properties), { maxHeight: 260 });
    });
    return made;
  }

  planmap.own = function (map, layers) {
    const now = JSON.stringify(layers);
    if (now === shown) return;
    shown = now;
    if (!map.getPane("planmap-own")) map.createPane("planmap-own").style.zIndex = 390;
    if (drawn) map.removeLayer(drawn);
    drawn = L.layerGroup(layers.map(layer)).addTo(map);
  };
})();
