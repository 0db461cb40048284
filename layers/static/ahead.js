// What changes comes twice: at once through a channel of its own, and later with the page, which
// first has all its other parts to draw. What was drawn already is not drawn again.
"use strict";
planmap.ahead = (function () {
  let [to, turn, socket] = ["", 0, null];
  let standing = ""; // where the map stands, for the picture that the page offers
  let seen = false; // whether the things on it have been drawn: what stands around it waits for that

  function listen(draw) {
    if (socket) socket.close();
    const address = new URL(`${planmap.kit.assets}/ahead/${to}`, window.location.href);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address);
    socket.addEventListener("message", (event) => draw(JSON.parse(event.data)));
    socket.addEventListener("open", () => tell(standing));
  }

  function tell(place) {
    standing = place;
    if (seen && place && socket && socket.readyState === WebSocket.OPEN) socket.send(place);
  }

  // A timer set within a frame runs after the browser has painted it.
  function drawn() {
    if (seen) return;
    requestAnimationFrame(() => setTimeout(() => {
      seen = true;
      tell(standing);
    }));
  }

  // Turns are counted within a session: another session begins anew, on a channel of its own.
  function isNews(ahead, draw) {
    if (!ahead) return true;
    if (ahead.to !== to) {
      [to, turn] = [ahead.to, 0];
      listen(draw);
    }
    if (ahead.turn <= turn) return false;
    turn = ahead.turn;
    return true;
  }

  return { isNews, tell, drawn };
})();
