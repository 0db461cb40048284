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

export default function ({ data, parentElement }) {
  note(data, parentElement);
  const last = window.planmapAddress || {};
  if (data.session === last.session && data.turn < last.turn) return; // of a run that was overtaken
  window.planmapAddress = { session: data.session, turn: data.turn, path: location.pathname };
  const url = target(data.query);
  if (same(url, new URL(location.href))) return;
  const entry = data.session === last.session && data.turn > last.turn && location.pathname === last.path && !data.replace;
  history[entry ? "pushState" : "replaceState"](history.state, "", url);
}
