// Two maps beside each other show the same place: whoever moves one moves the other.
// They stand in frames of one page; a message goes to the page's other frames and nowhere else.
"use strict";
function planmapTogether(map) {
  let led = false;
  const tell = () => {
    if (led) return;
    const { lat, lng } = map.getCenter();
    for (let n = 0; n < window.parent.frames.length; n += 1) {
      const frame = window.parent.frames[n];
      if (frame !== window) frame.postMessage({ planmapAt: [lat, lng, map.getZoom()] }, window.location.origin);
    }
  };
  map.on("move zoomend", tell);
  window.addEventListener("message", (event) => {
    const at = event.origin === window.location.origin && event.data && event.data.planmapAt;
    if (!Array.isArray(at)) return;
    led = true;
    map.setView([at[0], at[1]], at[2], { animate: false });
    led = false;
  });
}
