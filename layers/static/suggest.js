// Suggestions while typing in the search box above: asked of the app, picked by mouse or keyboard.
const WAIT = 120; // milliseconds after the last key
const OPEN = "planmap-suggest-open";

function option(one, number, pick) {
  const item = Object.assign(document.createElement("li"), { id: `planmap-option-${number}`, textContent: one.name });
  item.setAttribute("role", "option");
  if (one.note) item.append(Object.assign(document.createElement("span"), { textContent: one.note }));
  item.onmousedown = (event) => {
    event.preventDefault(); // the box keeps the focus
    pick(one);
  };
  return item;
}

function attach(root) {
  const list = root.querySelector("ul");
  const state = { found: [], at: -1 };
  const box = () => document.querySelector(".st-key-search input");

  function show(found) {
    Object.assign(state, { found, at: -1 });
    list.replaceChildren(...found.map((one, number) => option(one, number, pick)));
    list.classList.toggle(OPEN, found.length > 0);
    list.setAttribute("aria-label", root.planmap.data.label);
    const input = box();
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": found.length > 0 })) {
      input.setAttribute(name, value);
    }
    input.removeAttribute("aria-activedescendant");
  }

  function pick(one) {
    show([]);
    root.planmap.set("picked", one.id);
  }

  function move(step) {
    const items = [...list.children];
    if (!items.length) return;
    state.at = (state.at + step + items.length + (state.at < 0 && step < 0)) % items.length;
    items.forEach((item, number) => item.setAttribute("aria-selected", number === state.at));
    items[state.at].scrollIntoView({ block: "nearest" });
    box().setAttribute("aria-activedescendant", items[state.at].id);
  }

  async function ask() {
    const typed = box().value.trim();
    if (!typed) return show([]);
    const { address, language } = root.planmap.data;
    const answer = await fetch(`${address}?${new URLSearchParams({ q: typed, language })}`);
    if (answer.ok && box() && box().value.trim() === typed) show(await answer.json());
  }

  const within = (event) => event.target.closest && event.target.closest(".st-key-search");
  const heard = {
    input: (event) => {
      if (!within(event)) return;
      clearTimeout(state.waiting);
      state.waiting = setTimeout(ask, WAIT);
    },
    keydown: (event) => {
      if (!within(event)) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        move(event.key === "ArrowDown" ? 1 : -1);
        event.preventDefault();
      } else if (event.key === "Enter" && state.at >= 0) {
        pick(state.found[state.at]);
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Escape" || event.key === "Enter") {
        clearTimeout(state.waiting);
        show([]);
      }
    },
    focusout: (event) => within(event) && show([]),
  };
  for (const [name, act] of Object.entries(heard)) document.addEventListener(name, act, true);
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
