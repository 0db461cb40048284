// The pages without a mouse: the pieces of a chart that filter can be reached and pressed, links
// skip what is long, Escape closes what popped up over a document, a box that opens takes the
// keyboard in, and where what was pressed is gone the keyboard goes on at what the page says of it.
const CHARTS = '[class*="st-key-chart_"]';
const PIECES = 'path:is([aria-roledescription="bar"], [aria-roledescription="rect mark"])';
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const TOLD = '[data-testid="stMain"] [data-testid="stAlertContainer"]';
const BOX = '[data-testid="stPopoverBody"]';
const OPENER = '[data-testid="stPopoverButton"]';
const HELP = '[data-testid="stTooltipIcon"] *';
const STOPS = `:is(a[href], button, input, summary, [tabindex="0"]):not(:disabled, ${HELP})`;
let held = null; // the piece that was pressed: the chart is drawn anew, and the keyboard stays there
let pressed = null; // what was pressed by keys last, and on which page
let opener = null; // what opened the box that the keyboard is in

const nameOf = (chart) => /st-key-(chart_[a-z]+)/.exec(chart.className)[1];

function pieces(chart) {
  const place = new Map([...chart.querySelectorAll(PIECES)].map((one) => [one, one.getBoundingClientRect()]));
  return [...place.keys()].sort((a, b) => place.get(a).y - place.get(b).y || place.get(a).x - place.get(b).x);
}

// One stop for each chart; from there the arrows go from piece to piece.
function stop(some, now) {
  for (const one of some) one.setAttribute("tabindex", one === now ? 0 : -1);
}

function reach() {
  for (const chart of document.querySelectorAll(CHARTS)) {
    const some = pieces(chart);
    if (!some.length) continue;
    for (const one of some) one.setAttribute("role", "button");
    const same = held && held.chart === nameOf(chart) && some.find((one) => one.getAttribute("aria-label") === held.label);
    if (same || some.every((one) => one.tabIndex < 0)) stop(some, same || some[0]);
    // the chart that was pressed stays for a while after the new one has come
    if (same && document.activeElement === document.body) same.focus();
  }
}

// ---- what was pressed -------------------------------------------------------------------
function focus(one) {
  if (one.tabIndex < 0) one.tabIndex = -1;
  one.focus();
}

// The same thing drawn anew, or what stands in its place, or what the page says of the press.
function successor() {
  if (pressed.path !== location.pathname) return document.querySelector('[data-testid="stMain"]');
  if (pressed.one.isConnected) return pressed.one.disabled ? null : pressed.one;
  const again = pressed.id && document.querySelector(`details[data-id="${CSS.escape(pressed.id)}"] > summary`);
  if (again) return again;
  const box = pressed.key && document.querySelector("." + CSS.escape(pressed.key));
  return (box && box.querySelector(STOPS)) || document.querySelector(TOLD);
}

function goOn() {
  if (!pressed || document.activeElement !== document.body) return;
  const next = successor();
  if (next) focus(next);
}

// A box that pops up is the last of the document: the keyboard would pass over it.
function enter() {
  const box = opener && opener.matches(":focus") && document.querySelector(BOX);
  if (box) focus(box);
}

function leave(event, box) {
  const stops = [...box.querySelectorAll(STOPS)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const last = event.shiftKey ? stops[0] : stops.at(-1);
  if (last && event.target !== last) return;
  event.preventDefault();
  if (!last) return; // what is in the box is not there yet
  opener.focus();
  opener.click(); // which closes it
}

function note(event) {
  const press = ["Enter", " "].includes(event.key) && event.target !== document.body;
  const key = press && event.target.closest('[class*="st-key-"]');
  const name = key ? /st-key-\S+/.exec(key.className)[0] : "";
  const item = press && event.target.closest("details[data-id]");
  pressed = press ? { one: event.target, key: name, id: item ? item.dataset.id : "", path: location.pathname } : null;
  const box = event.target.closest(BOX);
  if (!box) opener = press ? event.target.closest(OPENER) : null;
  else if (event.key === "Tab" && opener) leave(event, box);
}

// ---- charts, documents, links ---------------------------------------------------------------
function onPiece(event, piece) {
  const chart = piece.closest(CHARTS);
  const some = pieces(chart);
  const next = some[some.indexOf(piece) + (STEPS[event.key] || 0)];
  if (event.key in STEPS && next) {
    held = null;
    stop(some, next);
    next.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    held = { chart: nameOf(chart), label: piece.getAttribute("aria-label") };
    const { x, y, width, height } = piece.getBoundingClientRect();
    piece.dispatchEvent(new MouseEvent("click", { bubbles: true, view: window, clientX: x + width / 2, clientY: y + height / 2 }));
  } else return;
  event.preventDefault();
}

function onKey(event) {
  if (event.key === "Tab") held = null;
  note(event);
  const piece = event.target.closest(PIECES);
  if (piece && piece.closest(CHARTS)) onPiece(event, piece);
  if (event.key === "Escape" && event.target.closest(".pm-found")) event.target.blur();
}

function onClick(event) {
  const link = event.target.closest("a.pm-skip");
  const target = link && document.querySelector(`.st-key-${CSS.escape(link.hash.slice(1))}`);
  if (!target) return;
  event.preventDefault();
  target.tabIndex = -1;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

// On a narrow screen the library writes the groups of its menu as lists that hold no items.
function unlist() {
  for (const one of document.querySelectorAll('[data-testid="stSidebarNavItems"], [data-testid="stSidebarNavItems"] :is(ul, li)')) {
    one.setAttribute("role", "none");
  }
}

// On a narrow screen the drawer lies over the page: once a page is chosen in it, it has done its work.
function fold(event) {
  const chosen = event.target.closest && event.target.closest('[data-testid="stSidebarNavLink"]');
  const drawer = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  if (chosen && drawer && window.matchMedia("(max-width: 768px)").matches) setTimeout(() => drawer.click());
}

function look() {
  unlist();
  reach();
  enter();
  goOn();
}

export default function () {
  unlist();
  reach();
  if (window.planmapKeyboard) return;
  window.planmapKeyboard = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("click", fold);
  document.addEventListener("pointerdown", () => (pressed = opener = null));
  let waiting = 0;
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(look);
  });
  watch.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
}
