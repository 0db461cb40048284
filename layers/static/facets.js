// The filters beside the page. What is chosen is known to the server; a press is reported as a
// step ("this value on"), never as a whole list, so that no press can undo another. Steps that the
// server has not confirmed yet are shown at once and sent again with the next one.
const MANY = 8; // from so many values on a list has a box to find one in

const part = (tag, more = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children);
  return made;
};

function chosenBy(state, name) {
  const facet = state.data.facets.find((one) => one.name === name);
  const values = new Set(facet ? facet.chosen : []);
  for (const step of state.steps) {
    if (step.clear) values.clear();
    if (step.name === name) values[step.on ? "add" : "delete"](step.value);
  }
  return values;
}

function latest(state, key, now, cleared) {
  return state.steps.reduce((value, step) => (step.clear ? cleared : key in step ? step[key] : value), now);
}

function report(state, step) {
  state.number += 1;
  state.steps.push({ ...step, number: state.number });
  state.send("steps", { session: state.session, steps: state.steps });
  draw(state);
}

const counted = (label, count) => `${label} · ${count}`;

// The arrows go from one value to the next.
function arrows(event) {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const some = [...event.currentTarget.querySelectorAll("button, input")];
  const next = step && some[some.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function pills(state, facet, chosen) {
  const box = part("div", { className: "pm-pills", onkeydown: arrows });
  for (const [value, label, count] of facet.values) {
    const on = chosen.has(value);
    const pill = part("button", { type: "button", textContent: counted(label, count) });
    pill.dataset.value = value;
    pill.setAttribute("aria-pressed", on);
    pill.classList.toggle("pm-empty", !count && !on);
    pill.onclick = () => report(state, { name: facet.name, value, on: !on });
    box.append(pill);
  }
  return [box];
}

function row(state, facet, chosen, [value, label, count]) {
  const on = chosen.has(value);
  const box = part("input", { type: "checkbox", checked: on });
  box.dataset.value = value;
  box.onchange = () => report(state, { name: facet.name, value, on: box.checked });
  const text = part("span", { textContent: label, title: label });
  const made = part("label", {}, box, text, part("b", { textContent: count }));
  made.classList.toggle("pm-empty", !count && !on);
  return made;
}

// Chosen values stand first, so that what is set is seen without scrolling.
function rows(state, facet, chosen) {
  const typed = (state.typed[facet.name] || "").trim().toLowerCase();
  const fits = ([value, label]) => !typed || chosen.has(value) || label.toLowerCase().includes(typed);
  const found = facet.values.filter(fits);
  const first = found.filter(([value]) => chosen.has(value));
  return [...first, ...found.filter(([value]) => !chosen.has(value))];
}

function list(state, facet, chosen) {
  const box = part("div", { className: "pm-values", onkeydown: arrows });
  const fill = () => {
    const found = rows(state, facet, chosenBy(state, facet.name));
    box.replaceChildren(...found.map((one) => row(state, facet, chosenBy(state, facet.name), one)));
    if (!found.length) box.append(part("p", { textContent: state.data.none }));
  };
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", facet.title);
  fill();
  if (facet.values.length < MANY) return [box];
  const find = part("input", { type: "search", value: state.typed[facet.name] || "", placeholder: state.data.find });
  find.setAttribute("aria-label", `${facet.title}: ${state.data.find}`);
  find.oninput = () => {
    state.typed[facet.name] = find.value;
    fill();
  };
  return [find, box];
}

function role(state) {
  const { label, values, value } = state.data.role;
  const now = latest(state, "role", value, "any");
  const box = part("div", { className: "pm-pills pm-role st-key-role", onkeydown: arrows });
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", label);
  for (const [code, text] of values) {
    const pill = part("button", { type: "button", textContent: text });
    pill.dataset.value = code;
    pill.setAttribute("aria-pressed", code === now);
    pill.onclick = () => code !== now && report(state, { role: code });
    box.append(pill);
  }
  return box;
}

function issuer(state) {
  const { label, on } = state.data.issuer;
  const now = latest(state, "issuer", on, false);
  const box = part("input", { type: "checkbox", checked: now });
  box.disabled = latest(state, "role", state.data.role.value, "any") === "lead";
  box.onchange = () => report(state, { issuer: box.checked });
  return part("label", { className: "pm-issuer st-key-issuer" }, box, part("span", { textContent: label }));
}

function section(state, facet) {
  const made = part("section", { className: `st-key-${facet.name}` }, part("h3", { textContent: facet.title }));
  made.dataset.facet = facet.name;
  made.append(...(facet.listed ? list : pills)(state, facet, chosenBy(state, facet.name)));
  if (facet.name === "unit") made.append(role(state), issuer(state));
  return made;
}

function more(state, sections) {
  const box = part("details", { className: "st-key-more_filters" }, part("summary", { textContent: state.data.more }), ...sections);
  box.open = latest(state, "unfold", state.data.open, state.data.open);
  box.ontoggle = () => {
    // drawn anew is no press
    if (box.isConnected && box.open !== latest(state, "unfold", state.data.open, state.data.open)) report(state, { unfold: box.open });
  };
  return box;
}

// What had the keyboard, and where the lists stood, is kept over drawing anew.
function mark(one) {
  const box = one && one.closest && one.closest("[class*=st-key-]");
  return box ? [box.className, one.tagName, one.dataset.value || "", one.type].join("|") : "";
}

function draw(state) {
  const { root } = state;
  const held = root.contains(document.activeElement) ? document.activeElement : null;
  const name = mark(held);
  const caret = held && held.type === "search" ? held.selectionStart : null;
  const stood = new Map([...root.querySelectorAll("section")].map((one) => [one.dataset.facet, (one.querySelector(".pm-values") || {}).scrollTop]));
  const sections = state.data.facets.map((facet) => [facet, section(state, facet)]);
  const clear = part("button", { type: "button", textContent: state.data.clear, onclick: () => report(state, { clear: true }) });
  root.replaceChildren(
    ...sections.filter(([facet]) => !facet.folded).map(([, made]) => made),
    more(state, sections.filter(([facet]) => facet.folded).map(([, made]) => made)),
    part("div", { className: "st-key-clear_all" }, clear),
  );
  for (const one of root.querySelectorAll("section")) {
    const box = one.querySelector(".pm-values");
    if (box) box.scrollTop = stood.get(one.dataset.facet) || 0;
  }
  const again = name && [...root.querySelectorAll("input, button, summary")].find((one) => mark(one) === name);
  if (!again) return;
  again.focus({ preventScroll: true });
  if (caret !== null) again.setSelectionRange(caret, caret);
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".planmap-facets");
  if (!root.planmap || root.planmap.session !== data.session) {
    root.planmap = { root, session: data.session, number: data.done, steps: [], typed: {} };
  }
  const state = root.planmap;
  Object.assign(state, { data, send: setTriggerValue });
  state.steps = state.steps.filter((step) => step.number > data.done);
  draw(state);
}
