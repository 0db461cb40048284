// Base maps of other hosts, loaded only when the user has turned one on. Where their positions
// are shifted (GCJ-02), the projection shifts all that is drawn as well, so that it fits; every
// position that is kept, clicked or measured stays WGS-84.
"use strict";
(function () {
  const { WGS84, GCJ02 } = gcoord;
  const shifted = (at, from, to) => {
    const [lng, lat] = gcoord.transform([at.lng, at.lat], from, to);
    return L.latLng(lat, lng);
  };
  const mercator = L.Projection.SphericalMercator;
  const CRS = {
    wgs84: L.CRS.EPSG3857,
    gcj02: L.extend({}, L.CRS.EPSG3857, {
      code: "GCJ-02 / Web Mercator",
      projection: L.extend({}, mercator, {
        project: (at) => mercator.project(shifted(L.latLng(at), WGS84, GCJ02)),
        unproject: (point) => shifted(mercator.unproject(point), GCJ02, WGS84),
      }),
    }),
  };
  let now = { code: "", layers: [] };

  function use(map, datum) {
    if (map.options.crs === CRS[datum]) return;
    const [centre, zoom] = [map.getCenter(), map.getZoom()];
    map.options.crs = CRS[datum];
    planmap.standing.ours(() => map.setView(centre, zoom, { animate: false, reset: true }));
  }

  planmap.tiles = function (map, wanted) {
    const code = wanted ? wanted.code : "";
    if (code === now.code) return;
    for (const layer of now.layers) map.removeLayer(layer);
    use(map, wanted ? wanted.datum : "wgs84");
    const credit = document.createElement("span");
    credit.textContent = wanted ? wanted.attribution : "";
    const options = (maxZoom) => ({ pane: "planmap-tiles", attribution: credit.outerHTML, maxZoom });
    const addresses = wanted ? wanted.addresses : [];
    const layers = addresses.map((one) => L.tileLayer(one, options(wanted.maxZoom)).addTo(map));
    now = { code, layers };
    planmap.dark.lie(Boolean(wanted));
    if (wanted) planmap.credit.show();
  };
})();
