// Writes the view into the address: one entry of the browser's history for each change by the user.
// Where the map stands (at=latitude,longitude,zoom) is known to the browser only and stays in it.
// A new page already has an entry (Streamlit makes it), as has a view that came from the address.
const PLACE = /^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?,\d{1,2}(\.\d+)?$/;

function target(query) {
  const url = new URL(location.href);
  const at = url.searchParams.get("at") || "";
  url.search = query;
  if (PLACE.test(at)) url.searchParams.set("at", at);
  return url;
}

// "%20" and "+" are the same word apart.
const same = (one, other) => one.pathname === other.pathname && one.searchParams.toString() === other.searchParams.toString();

// For whoever waits until a press has had its effect: the last run of the page, and which page it is.
function note({ run, page }, part) {
  const mark = part.querySelector(".planmap-view");
  Object.assign(mark.dataset, { turn: run, page });
}

const opened = (root) => location.pathname.slice(root.length).replaceAll("/", "") || "map";

// After Back or Forward the answer of a page that the user has left may still arrive. Streamlit then
// pushes that page's address, although no one asked for it. Until the page that was gone to answers,
// or the user does something, such a push to another page is dropped.
function keepBack() {
  if (window.planmapKeepsBack) return;
  window.planmapKeepsBack = true;
  const push = history.pushState;
  const done = () => { window.planmapGoes = false; };
  window.addEventListener("popstate", () => { window.planmapGoes = true; }, true);
  ["pointerdown", "click", "keydown"].forEach((kind) => document.addEventListener(kind, done, true));
  history.pushState = function (state, title, url) {
    const leaves = url && new URL(url, location.href).pathname !== location.pathname;
    if (!(window.planmapGoes && leaves)) push.call(history, state, title, url);
  };
}

export default function ({ data, parentElement }) {
  keepBack();
  note(data, parentElement);
  if (data.page !== opened(data.root)) return; // of a page that the user has left
  window.planmapGoes = false;
  const last = window.planmapAddress || {};
  if (data.session === last.session && data.turn < last.turn) return; // of a run that was overtaken
  window.planmapAddress = { session: data.session, turn: data.turn, path: location.pathname };
  const url = target(data.query);
  if (same(url, new URL(location.href))) return;
  const entry = data.session === last.session && data.turn > last.turn && location.pathname === last.path && !data.replace;
  history[entry ? "pushState" : "replaceState"](history.state, "", url);
}
