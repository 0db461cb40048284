"""Going through a page by keys alone, and telling what has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

# What has the keyboard, in whichever frame or part: tag, class, name, and whether that is seen.
FOCUSED = """() => {
  let one = document.activeElement;
  for (let next = one; next; one = next || one) {
    next = one.contentDocument ? one.contentDocument.activeElement : one.shadowRoot?.activeElement;
    if (!next) break;
  }
  const look = one.ownerDocument.defaultView.getComputedStyle(one);
  const inner = one.querySelector('.planmap-head, .planmap-badge');
  const mark = inner && one.ownerDocument.defaultView.getComputedStyle(inner);
  const shows = each => each && [each.outlineStyle, each.boxShadow].some(one => one !== 'none');
  const seen = [look, mark].some(shows);
  const box = one.getBoundingClientRect();
  return {
    tag: one.tagName, css: one.getAttribute('class') || '', seen, x: box.x, y: box.y,
    name: one.getAttribute('aria-label') || one.textContent, id: one.dataset?.id || '',
    part: one.closest('.pm-found') ? 'mark' : '',
  };
}"""
# The page is whole: no run goes on, no part is of an earlier run or waits for its program.
WHOLE = """() => document.querySelector('[data-test-script-state=notRunning]')
  && !document.querySelector('.stSkeleton, [data-stale=true]')"""
MOST = 150
PATIENCE = 30_000


def tab_to(page: Page, **wanted: str) -> dict[str, object]:
    """Press Tab until what is wanted has the keyboard, and return it; parts of texts will do.

    It begins when the page is whole: Tab passes by what is not there yet.
    """
    page.wait_for_function(WHOLE, timeout=PATIENCE)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        now: dict[str, object] = page.evaluate(FOCUSED)
        if all(text in str(now[part]) for part, text in wanted.items()):
            return now
    raise AssertionError(f"no way to {wanted} by Tab")


def has_keyboard(page: Page, name: str) -> None:
    """Wait until what bears this name has the keyboard, and make sure that this is seen."""
    page.wait_for_function(f"name => ({FOCUSED})().name.includes(name)", arg=name, timeout=PATIENCE)
    assert page.evaluate(FOCUSED)["seen"]
