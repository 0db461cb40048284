// The pages without a mouse: the pieces of a chart that filter can be reached and pressed, links
// skip what is long, and Escape closes what popped up over a document.
const CHARTS = '[class*="st-key-chart_"]';
const PIECES = 'path:is([aria-roledescription="bar"], [aria-roledescription="rect mark"])';
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
let held = null; // the piece that was pressed: the chart is drawn anew, and the keyboard stays there

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

export default function () {
  reach();
  if (window.planmapKeyboard) return;
  window.planmapKeyboard = true;
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  let waiting = 0;
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(reach);
  });
  watch.observe(document.body, { childList: true, subtree: true });
}
