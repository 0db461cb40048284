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
let groups = { view: [], look: [], pages: [] };

const inside = (event) => event.target.closest && event.target.closest(".stHtml a[href]");
const isOurs = (link) => link.origin === location.origin && !link.hash;

function carry(event) {
  const link = inside(event);
  if (!link || !isOurs(link)) return;
  link.dataset.own = link.dataset.own || link.getAttribute("href");
  const url = new URL(link.dataset.own, document.baseURI);
  const now = new URLSearchParams(location.search);
  for (const group of link.matches(".pm-anew") ? groups.look : groups.view) {
    if (group.some((name) => url.searchParams.has(name))) continue;
    for (const name of group) now.getAll(name).forEach((value) => url.searchParams.append(name, value));
  }
  link.href = url.href;
}

// A plain click on a link to another page of the app is a step of the same session, which keeps what
// the session holds: layers of one's own, decisions not saved yet. The step is one entry of the
// history, and the page is told as after Back or Forward: it reads its view from the address. With a
// key held down, or another button, the link is the browser's as ever.
const isPlain = (event) => !(event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
const isPage = (link) => new URL(".", link).href === new URL(".", location).href && groups.pages.includes(link.pathname.split("/").pop());

function step(event) {
  const link = inside(event);
  if (!link || !isPlain(event) || !isOurs(link) || !isPage(link)) return;
  event.preventDefault();
  // the browser's own push: the place of the map goes along only where the link says so
  if (link.href !== location.href) History.prototype.pushState.call(history, {}, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

function carryAlong() {
  if (window.planmapCarries) return;
  window.planmapCarries = true;
  // before it is followed, copied or opened elsewhere, by mouse or by key
  for (const when of ["pointerdown", "focusin", "click"]) document.addEventListener(when, carry, true);
  document.addEventListener("click", step);
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
