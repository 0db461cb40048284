"""The Chrome or Chromium of this machine: where it is and how to start it.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import sys

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    r"%ProgramFiles%\Microsoft\Edge\Application\msedge.exe",
)
# What Chrome would ask the net for by itself is turned off, and names other than loopback do not
# resolve: a page that needs another host fails here as it would with the cable out.
ARGUMENTS = (
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
ADVICE = "install Chrome or Chromium, or name its program in PLANMAP_CHROME"


def find() -> str | None:
    """Return the path of a Chrome, Chromium or Edge; None where there is none.

    The environment variable PLANMAP_CHROME goes before all others, and is the only one asked
    where it is set.
    """
    if chosen := os.environ.get("PLANMAP_CHROME"):
        return shutil.which(chosen)
    places = [os.path.expandvars(place) for place in PLACES]
    return next(filter(None, map(shutil.which, [*NAMES, *places])), None)


def is_root() -> bool:
    """Tell whether this runs as root; never on Windows."""
    return sys.platform != "win32" and os.geteuid() == 0


def arguments() -> list[str]:
    """Return the command line for a quiet, offline, headless browser."""
    # Chrome refuses its sandbox to root
    return [*ARGUMENTS, *(["--no-sandbox"] if is_root() else [])]
