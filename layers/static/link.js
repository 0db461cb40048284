// A button that copies the address of the view, and the keeper of the place in that address:
// the map writes where it stands (at=latitude,longitude,zoom) without asking the server, which
// therefore does not name it when it writes the address anew. Links inside the pages take it all along.
const PLACE = /^-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?,\d{1,2}(\.\d+)?$/;

const place = () => new URLSearchParams(location.search).get("at") || "";

function keepPlace() {
  if (window.planmapKeepsPlace) return;
  window.planmapKeepsPlace = true;
  const push = history.pushState;
  history.pushState = function (...words) {
    const before = place();
    push.apply(history, words);
    if (!PLACE.test(before) || place() === before) return;
    const url = new URL(location.href);
    url.searchParams.set("at", before);
    history.replaceState(history.state, "", url);
  };
}

function link(data) {
  const words = new URLSearchParams(location.search);
  if (!words.has("lang")) words.set("lang", data.language);
  const path = data.base ? `${data.base}/${data.page}` : location.origin + location.pathname;
  return `${path}?${words}`;
}

// A link inside a page opens the other page with the view it is followed from, as the address says
// it at that moment; a group of names of which the link names one itself is the link's own.
let groups = { view: [], look: [] };

function carry(event) {
  const link = event.target.closest && event.target.closest(".stHtml a[href]");
  if (!link || link.origin !== location.origin || link.hash) return;
  link.dataset.own = link.dataset.own || link.getAttribute("href");
  const url = new URL(link.dataset.own, document.baseURI);
  const now = new URLSearchParams(location.search);
  for (const group of link.matches(".pm-anew") ? groups.look : groups.view) {
    if (group.some((name) => url.searchParams.has(name))) continue;
    for (const name of group) now.getAll(name).forEach((value) => url.searchParams.append(name, value));
  }
  link.href = url.href;
}

function carryAlong() {
  if (window.planmapCarries) return;
  window.planmapCarries = true;
  // before it is followed, copied or opened elsewhere, by mouse or by key
  for (const when of ["pointerdown", "focusin", "click"]) document.addEventListener(when, carry, true);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text); // the clipboard is closed to pages that came over plain http
  }
}

function copyOldWay(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.style.position = "fixed";
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

export default function ({ parentElement, data }) {
  keepPlace();
  groups = data;
  carryAlong();
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("output");
  button.textContent = data.label;
  button.hidden = false;
  button.onclick = async () => {
    const text = link(data);
    const done = await copy(text);
    said.textContent = done ? data.copied : text;
    said.dataset.link = text;
    if (done) setTimeout(() => (said.textContent = ""), 3000);
  };
}
