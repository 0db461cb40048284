// Suggestions while typing in the search box above: asked of the app, picked by mouse or keyboard.
const WAIT = 120; // milliseconds after the last key
const OPEN = "planmap-suggest-open";

const part = (tag, role, more = {}) => {
  const made = Object.assign(document.createElement(tag), more);
  made.setAttribute("role", role);
  return made;
};

function option(one, number, pick) {
  const item = part("li", "option", { id: `planmap-option-${number}`, textContent: one.name });
  item.setAttribute("aria-selected", false);
  if (one.note) item.append(" ", Object.assign(document.createElement("span"), { textContent: one.note }));
  item.onmousedown = (event) => {
    event.preventDefault(); // the box keeps the focus
    pick(one);
  };
  return item;
}

// One group for each kind of suggestion, in the order in which they came.
function groups(found, pick) {
  const made = new Map();
  found.forEach((one, number) => {
    if (!made.has(one.group)) {
      const group = part("li", "group");
      group.setAttribute("aria-label", one.group);
      const title = part("b", "presentation", { textContent: one.group });
      title.setAttribute("aria-hidden", true);
      group.append(title, part("ul", "presentation"));
      made.set(one.group, group);
    }
    made.get(one.group).lastChild.append(option(one, number, pick));
  });
  return [...made.values()];
}

// Write into the box as if it were typed: the page keeps its own copy of what stands there.
function write(input, text) {
  if (input.value === text) return;
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, text);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

// Search for a text as Enter does. Without it the page would take the box for half typed and would
// miss when it is emptied later.
function commit(input, text) {
  write(input, text);
  input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
}

function attach(root) {
  const list = root.querySelector("ul");
  const state = root.planmapState ||= { found: [], at: -1, before: "", composing: false, asked: 0 };
  const box = () => document.querySelector(".st-key-search input");
  const items = () => [...list.querySelectorAll('[role="option"]')];

  function show(found) {
    Object.assign(state, { found, at: -1 });
    list.replaceChildren(...groups(found, pick));
    list.classList.toggle(OPEN, found.length > 0);
    list.setAttribute("aria-label", root.planmap.data.label);
    const input = box();
    if (!input) return;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": found.length > 0 })) {
      input.setAttribute(name, value);
    }
    input.removeAttribute("aria-activedescendant");
  }

  // What was asked and not answered yet is answered too late.
  function close() {
    clearTimeout(state.waiting);
    state.asked += 1;
    show([]);
  }

  function pick(one) {
    close();
    // What was typed to find a thing is no search; what is left beside filters can be gone on with.
    const { search = state.before, box: left = search } = one.pick;
    commit(box(), search);
    root.planmap.set("picked", one.pick);
    write(box(), left);
  }

  function move(step) {
    const all = items();
    if (!all.length) return;
    state.at = (state.at + step + all.length + (state.at < 0 && step < 0)) % all.length;
    all.forEach((item, number) => item.setAttribute("aria-selected", number === state.at));
    all[state.at].scrollIntoView({ block: "nearest" });
    box().setAttribute("aria-activedescendant", all[state.at].id);
  }

  async function ask() {
    const typed = box() ? box().value.trim() : "";
    const mine = (state.asked += 1);
    if (!typed) return show([]);
    const { address, language } = root.planmap.data;
    const answer = await fetch(`${address}?${new URLSearchParams({ q: typed, language })}`);
    const found = answer.ok && (await answer.json());
    const input = box();
    const same = input && input === document.activeElement && input.value.trim() === typed;
    if (found && same && mine === state.asked && !state.composing) show(found);
  }

  function soon() {
    clearTimeout(state.waiting);
    state.waiting = setTimeout(ask, WAIT);
  }

  const within = (event) => event.target.closest && event.target.closest(".st-key-search");
  const heard = {
    focusin: (event) => {
      if (within(event)) state.before = event.target.value || "";
    },
    // While signs are put together from letters, the letters are not what is meant.
    compositionstart: (event) => {
      if (!within(event)) return;
      state.composing = true;
      close();
    },
    compositionend: (event) => {
      if (!within(event)) return;
      state.composing = false;
      soon();
    },
    input: (event) => {
      if (within(event) && !state.composing && !event.isComposing) soon();
    },
    keydown: (event) => {
      // Keys that choose among the signs of an input method are not ours.
      if (!within(event) || event.isComposing || event.keyCode === 229) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        move(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
      } else if (event.key === "Enter" && state.at >= 0) {
        pick(state.found[state.at]);
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Escape" || event.key === "Enter") {
        if (event.key === "Enter") state.before = event.target.value;
        close();
      }
    },
    focusout: (event) => {
      if (within(event)) close();
    },
  };
  for (const [name, act] of Object.entries(heard)) document.addEventListener(name, act, true);
  // A question that waits is asked all the same: its answer comes into the list that is there then.
  return () => {
    for (const [name, act] of Object.entries(heard)) document.removeEventListener(name, act, true);
  };
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".planmap-suggest");
  if (root.planmap) root.planmap.stop();
  const now = { data, set: setTriggerValue };
  root.planmap = now;
  now.stop = attach(root);
  return () => now.stop();
}
