// The library's own words in the page's language: it speaks English alone. Only its own parts are
// looked at, never what a page says, and a word that is not in the table stays as it is.
const PARTS = [
  '[data-testid="stSkipToContent"]', '[data-testid="stFileUploader"]', '[data-testid="InputInstructions"]',
  '[data-testid="stElementToolbar"]', '[data-testid="stTooltipContent"]', '[data-baseweb="popover"]', '[role="listbox"]',
].join();
const FIELDS = "input[placeholder]";

// "{}" stands for what differs, such as a size.
function spoken(text) {
  const told = window.planmapWording; // of the run that was last
  const [from, to] = told.language === "zh" ? ["en", "zh"] : ["zh", "en"];
  for (const word of told.words) {
    const [before, behind] = word[from].split("{}");
    if (behind === undefined ? text === before : text.startsWith(before) && text.includes(behind) && text.length > word[from].length - 2) {
      if (behind === undefined) return word[to];
      const at = behind ? text.indexOf(behind) : text.length;
      return word[to].replace("{}", text.slice(before.length, at)) + text.slice(at + behind.length);
    }
  }
  return text;
}

function say() {
  for (const part of document.querySelectorAll(PARTS)) {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const text = spoken(node.data);
      if (text !== node.data) node.data = text;
    }
  }
  for (const field of document.querySelectorAll(FIELDS)) {
    const text = spoken(field.placeholder);
    if (text !== field.placeholder) field.placeholder = text;
  }
}

export default function ({ data }) {
  window.planmapWording = data;
  document.documentElement.lang = data.language;
  say();
  if (window.planmapWords) return;
  window.planmapWords = true;
  let waiting = 0;
  const watch = new MutationObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(say);
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true });
}
