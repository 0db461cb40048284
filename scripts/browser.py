"""The Chrome or Chromium of this machine: where it is, how to start it, how to get one.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
# the Debian packages that the browser tests need, and what is lost without each
LOSS = {
    "chromium": f"the browser tests cannot run: {ADVICE}",
    "fonts-noto-cjk": "screenshots may show boxes for Chinese: install a Chinese font",
}


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


def prints_chinese() -> bool:
    """Tell whether the system has a Chinese font; taken for granted where it cannot be asked."""
    if not (asker := shutil.which("fc-list")):
        return sys.platform in {"win32", "darwin"}
    fonts = subprocess.run([asker, ":lang=zh-cn"], capture_output=True, check=False)
    return bool(fonts.stdout.strip())


def missing() -> list[str]:
    """Return the Debian packages that the browser tests would need on top."""
    there = (find() is not None, prints_chinese())
    return [package for package, is_there in zip(LOSS, there, strict=True) if not is_there]


def can_install() -> bool:
    """Tell whether packages can be installed here without asking: as root on Debian itself."""
    release = Path("/etc/os-release")
    debian = release.is_file() and "ID=debian" in release.read_text(encoding="utf-8").split()
    return debian and is_root() and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    """Install Debian packages.

    Raises
    ------
    subprocess.CalledProcessError
        apt-get fails.
    """
    wait = "DPkg::Lock::Timeout=300"
    unattended = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-o", wait, *words], check=True, env=unattended)


def ensure() -> None:
    """Get what the browser tests need where that is allowed; else say loudly what is lacking."""
    if (packages := missing()) and can_install():
        print(f"== installing {', '.join(packages)}", flush=True)
        install(packages)
    for package in missing():
        print(f"!! {package} is missing, {LOSS[package]}", flush=True)
