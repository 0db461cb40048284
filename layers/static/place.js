// Helps a person to place one thing: one shape at a time, tools named in the page's language,
// and beside it where the thing is held to be and where a service proposes it.
"use strict";
(function () {
  const { colour } = planmap.kit;

  function nameTools(words) {
    const { draw, edit } = L.drawLocal;
    for (const tool of ["polyline", "polygon", "marker"]) draw.toolbar.buttons[tool] = words[tool];
    Object.assign(draw.toolbar.actions, { title: words.cancel, text: words.cancel });
    Object.assign(draw.toolbar.finish, { title: words.finish, text: words.finish });
    Object.assign(draw.toolbar.undo, { title: words.undo, text: words.undo });
    Object.assign(edit.toolbar.buttons, {
      edit: words.edit,
      editDisabled: words.edit,
      remove: words.remove,
      removeDisabled: words.remove,
    });
    Object.assign(edit.toolbar.actions.save, { title: words.save, text: words.save });
    Object.assign(edit.toolbar.actions.cancel, { title: words.cancel, text: words.cancel });
    Object.assign(edit.toolbar.actions.clearAll, { title: words.remove, text: words.remove });
    draw.handlers.marker.tooltip.start = words.marker;
    draw.handlers.polyline.tooltip.start = words.polyline;
    draw.handlers.polygon.tooltip.start = words.polygon;
    const more = { cont: words.finish, end: words.finish };
    Object.assign(draw.handlers.polyline.tooltip, more);
    Object.assign(draw.handlers.polygon.tooltip, more);
  }

  planmap.oneShape = function (map, drawn, words) {
    L.Icon.Default.imagePath = "../../assets/leaflet/images/";
    nameTools(words);
    planmap.cross.offer(map, words);
    for (const button of map.getContainer().querySelectorAll("[class*=leaflet-draw-]")) {
      const tool = /leaflet-draw-(?:draw|edit)-(\w+)/.exec(button.className);
      if (!tool || !words[tool[1]]) continue;
      button.title = words[tool[1]];
      button.setAttribute("role", "button");
      button.querySelector(".sr-only").textContent = words[tool[1]];
    }
    map.on(L.Draw.Event.CREATED, (event) => {
      drawn.eachLayer((layer) => layer === event.layer || drawn.removeLayer(layer));
    });
    planmap.placed = map;
  };

  planmap.propose = function (group, records) {
    planmap.tiles(planmap.placed, records.tiles);
    planmap.standing.bound(Boolean(records.tiles));
    const ink = { color: colour("ink"), weight: 2, opacity: 0.55, dashArray: "4 4", fillOpacity: 0.06 };
    for (const thing of records.things) {
      L.geoJSON(thing.geometry, {
        style: ink,
        interactive: false,
        pointToLayer: (_, at) => L.circle(at, { radius: thing.radius, ...ink, interactive: false }),
      }).addTo(group);
    }
    records.proposals.forEach((one, number) => {
      const dot = L.circleMarker([one.lat, one.lon], { radius: 9, color: colour("ink"), weight: 2, fillOpacity: 0.9, fillColor: colour("paper") });
      const text = document.createElement("span");
      text.textContent = `${number + 1} ${one.name}`;
      dot.bindTooltip(text, { permanent: true, direction: "right" }).addTo(group);
    });
  };
})();
