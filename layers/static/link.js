// A button that copies the address of the view, and the keeper of the place in that address:
// the map writes where it stands (at=latitude,longitude,zoom) without asking the server, which
// therefore does not name it when it writes the address anew.
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
