// The list beside the map: rows to pick, columns to sort by, pages to turn. Texts stay texts.
const part = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);

function button(text, label, act) {
  const made = part("button", text, { type: "button", onclick: act });
  made.setAttribute("aria-label", label);
  return made;
}

function head(data, set) {
  const row = part("tr", "");
  for (const { key, text, sorts } of data.columns) {
    const cell = part("th", sorts ? "" : text, { scope: "col" });
    const now = { [key]: "ascending", [`-${key}`]: "descending" }[data.sort];
    if (now) cell.setAttribute("aria-sort", now);
    const next = now === "ascending" ? `-${key}` : now ? "" : key;
    const mark = { ascending: " ▲", descending: " ▼" }[now] || "";
    if (sorts) cell.append(button(text + mark, data.sorting[key], () => set("sort", next)));
    row.append(cell);
  }
  return row;
}

function line(data, { id, cells }, set) {
  const row = part("tr", "", { tabIndex: -1 });
  row.dataset.id = id;
  row.setAttribute("aria-selected", id === data.chosen);
  cells.forEach((text) => row.append(part("td", text)));
  row.onclick = () => set("picked", id);
  row.onkeydown = (event) => {
    const next = { ArrowDown: beside(row, "nextSibling"), ArrowUp: beside(row, "previousSibling") }[event.key];
    if (next) {
      // one stop for the whole list; from there the arrows go from row to row
      row.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
    if (event.key === "Enter" || event.key === " ") set("picked", id);
    if (["Enter", " ", "ArrowDown", "ArrowUp"].includes(event.key)) event.preventDefault();
  };
  return row;
}

// The heading of the rows that are only hit by a quote: it unfolds and folds them.
function heading(data, set) {
  const { text, action, opened } = data.quoted;
  const cell = part("td", "", { colSpan: data.columns.length });
  if (!action) cell.textContent = text;
  else {
    const made = part("button", `${opened ? "▾" : "▸"} ${text}`, { type: "button", title: action });
    made.setAttribute("aria-expanded", opened);
    made.onclick = () => set("quoted", !opened);
    cell.append(made);
  }
  const row = part("tr", "", { className: "quoted" });
  row.append(cell);
  return row;
}

function lines(data, set) {
  const made = data.rows.map((row) => line(data, row, set));
  if (data.quoted) made.splice(Math.min(data.quoted.before, made.length), 0, heading(data, set));
  return made;
}

// The next row in a direction that is no heading.
function beside(row, way) {
  let next = row[way];
  while (next && !next.dataset.id) next = next[way];
  return next;
}

const held = (one) => one && (one.dataset.id || one.getAttribute("aria-label") || one.title && "quoted");

// What had the keyboard before all was drawn anew has it again.
function hold(root, name) {
  const same = [...root.querySelectorAll("tr[data-id], button")].find((one) => held(one) === name);
  if (name && same) same.focus({ preventScroll: true });
}

// Names elsewhere on the page open their thing here; with a key held down they are links as ever.
function open(event, set) {
  const link = event.target.closest && event.target.closest("a.pm-opens");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  set("picked", link.dataset.id);
}

// What is unfolded in the list of a badge is the chosen thing; folded again it is none any more.
function unfold(event, set) {
  const head = event.target.closest && event.target.closest("[data-badge] > details[data-id] > summary");
  if (head) set("unfolded", head.parentElement.open ? "" : head.parentElement.dataset.id);
}

export default function ({ parentElement, data, setTriggerValue: set }) {
  const stop = () => document.removeEventListener("click", parentElement.heed, true);
  if (parentElement.heed) stop(); // drawn anew, the part is not taken away first
  parentElement.heed = (event) => {
    open(event, set);
    unfold(event, set);
  };
  document.addEventListener("click", parentElement.heed, true);
  draw(parentElement, data, set);
  return stop;
}

function draw(parentElement, data, set) {
  const root = parentElement.getRootNode();
  const name = held(root.activeElement);
  const [top, table] = ["nav", "table"].map((tag) => parentElement.querySelector(tag));
  const turn = (text, page) => {
    const made = button(text, text, () => set("page", page));
    made.disabled = page < 0 || page >= data.pages;
    return made;
  };
  top.replaceChildren(part("strong", data.title), part("span", data.range), turn(data.before, data.page - 1), turn(data.after, data.page + 1));
  table.tHead.replaceChildren(head(data, set));
  table.tBodies[0].replaceChildren(...lines(data, set));
  const chosen = table.querySelector('[aria-selected="true"]');
  const first = chosen || table.querySelector("tr[data-id]");
  if (first) first.tabIndex = 0;
  hold(root, name);
  if (!chosen) return;
  // Only the list is moved, not the page around it.
  const rows = table.parentElement;
  const [above, below] = [chosen.offsetTop - table.tHead.offsetHeight, chosen.offsetTop + chosen.offsetHeight];
  if (above < rows.scrollTop) rows.scrollTop = above;
  else if (below > rows.scrollTop + rows.clientHeight) rows.scrollTop = below - rows.clientHeight;
}
