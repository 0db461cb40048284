"""The system's programs that the tests use: which are there, and how to get the others.

Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scripts import browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

# Debian's own Python, which sees Debian's GDAL and QGIS.
SYSTEM_PYTHON = "/usr/bin/python3"


def answers(*command: str) -> str:
    """Return what a command prints; empty where it cannot be run or fails."""
    if not shutil.which(command[0]):
        return ""
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return ran.stdout.strip() if ran.returncode == 0 else ""


def prints_chinese() -> bool:
    """Return whether the system has a Chinese font; assumed where it cannot be asked."""
    if not shutil.which("fc-list"):
        return sys.platform in {"win32", "darwin"}
    return bool(answers("fc-list", ":lang=zh-cn"))


def imports(module: str) -> bool:
    """Return whether the system's own Python has a module."""
    return bool(answers(SYSTEM_PYTHON, "-c", f"import {module}; print(1)"))


class Tool(NamedTuple):
    """A Debian package that tests need: whether it is there, and what is lost without it."""

    package: str
    is_there: Callable[[], bool]
    loss: str


TOOLS = (
    Tool(
        "chromium",
        lambda: browser.find() is not None,
        f"the browser tests cannot run: {browser.ADVICE}",
    ),
    Tool(
        "fonts-noto-cjk",
        prints_chinese,
        "screenshots may show boxes for Chinese: install a Chinese font",
    ),
    Tool(
        "poppler-utils",
        lambda: shutil.which("pdffonts") is not None,
        "the fonts of a PDF are not checked",
    ),
    Tool(
        "tesseract-ocr",
        lambda: shutil.which("tesseract") is not None,
        "the text of a sheet is not read back",
    ),
    Tool(
        "tesseract-ocr-chi-sim",
        lambda: "chi_sim" in answers("tesseract", "--list-langs").split(),
        "the Chinese text of a sheet is not read back",
    ),
    Tool(
        "gdal-bin",
        lambda: shutil.which("ogrinfo") is not None,
        "files are not read back by another GDAL",
    ),
    Tool("python3-gdal", lambda: imports("osgeo_utils"), "the GeoPackage is not validated"),
    Tool("python3-qgis", lambda: imports("qgis.core"), "the QGIS project is not opened in QGIS"),
)


def missing(tools: Iterable[Tool] = TOOLS) -> list[Tool]:
    """Return the tools that are not there."""
    return [tool for tool in tools if not tool.is_there()]


def can_install() -> bool:
    """Return whether packages can be installed without asking: as root on Debian itself."""
    release = Path("/etc/os-release")
    debian = release.is_file() and "ID=debian" in release.read_text(encoding="utf-8").split()
    return debian and browser.is_root() and shutil.which("apt-get") is not None


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
    """Get what the tests need where that is allowed; else say what is lacking and what is lost."""
    if (lacking := missing()) and can_install():
        packages = [tool.package for tool in lacking]
        print(f"== installing {', '.join(packages)}", flush=True)
        install(packages)
    for tool in missing():
        print(f"!! {tool.package} is missing, {tool.loss}", flush=True)
