"""Looking at a shown map from outside: what stands on it, and frame by frame how it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

# the drawing program keeps what is drawn: signs of their own, or dots on the canvas
COUNT = """() => {
    const { layers, dots } = window.planmap && planmap.things ? planmap.things.state : {};
    return dots ? Math.max(layers.size, dots.near.length) : 0;
}"""
NOW = "() => performance.timeOrigin + performance.now()"
# one sample per frame that the browser draws: when, and how many things stand on the map
WATCH = f"""() => {{
    window.benchSamples = [];
    const count = {COUNT};
    const look = () => {{
        window.benchSamples.push([performance.timeOrigin + performance.now(), count()]);
        requestAnimationFrame(look);
    }};
    requestAnimationFrame(look);
}}"""
TAKE = "() => window.benchSamples ? window.benchSamples.splice(0) : null"


def map_frame(page: Page) -> Frame | None:
    """Return the frame that holds a map with something on it; None while there is none."""
    for frame in page.frames:
        try:
            if "streamlit_folium" in frame.url and frame.evaluate(COUNT):
                return frame
        except Error:  # a frame that is being replaced cannot be asked
            continue
    return None


def wait_for_map(page: Page, patience: int = 60_000) -> Frame:
    """Return the map's frame as soon as something is drawn on it.

    Parameters
    ----------
    page
        A page that is loading.
    patience
        In milliseconds.

    Raises
    ------
    TimeoutError
        Nothing was drawn in time.
    """
    for _ in range(patience // 10):
        if frame := map_frame(page):
            frame.evaluate("() => new Promise(requestAnimationFrame)")
            return frame
        page.wait_for_timeout(10)
    raise TimeoutError(f"no map in {patience} ms")


def count(frame: Frame) -> int:
    """Return the number of things that stand on the map."""
    return int(frame.evaluate(COUNT))


def watch(frame: Frame) -> None:
    """Begin to look at every frame that the browser draws."""
    frame.evaluate(WATCH)


def samples(frame: Frame) -> list[tuple[float, int]]:
    """Return what was seen since the last call: time in milliseconds, things on the map.

    Raises
    ------
    RuntimeError
        The map was loaded anew, which ended the watch.
    """
    taken: Any = frame.evaluate(TAKE)
    if taken is None:
        raise RuntimeError("the map was reloaded")
    return [(float(when), int(number)) for when, number in taken]
