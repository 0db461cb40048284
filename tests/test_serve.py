"""Opening the app for others: what the server is told, and what is refused."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result

import planmap

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Result, dict[str, Any]]]:
    """Run ``planmap serve`` without a server: the result, and what would have been started."""
    started: dict[str, Any] = {}

    def run(words: list[str], **more: Any) -> SimpleNamespace:
        started.update(more, words=words)
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(subprocess, "run", run)
    for name in ("PLANMAP_BASE_URL", "PLANMAP_READ_ONLY"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: (CliRunner().invoke(planmap.main, ["serve", *words]), started)


def test_it_serves_this_machine_only_unless_told(serve) -> None:
    """Without a word nobody else is let in, and nothing is read-only."""
    result, started = serve()
    assert result.exit_code == 0
    assert "--server.address=127.0.0.1" in started["words"]
    assert "--server.port=8501" in started["words"]
    assert "PLANMAP_READ_ONLY" not in started["env"]
    assert "PLANMAP_BASE_URL" not in started["env"]


def test_a_prefix_behind_a_proxy_is_the_path_of_the_base_url(serve) -> None:
    """The address that others use is let in, and its path is where the app lives."""
    address = "https://plans.example.org/map/"
    result, started = serve("--host", "0.0.0.0", "--base-url", address, "--read-only")
    assert result.exit_code == 0
    assert "--server.baseUrlPath=map" in started["words"]
    assert "--server.corsAllowedOrigins=https://plans.example.org" in started["words"]
    assert started["env"]["PLANMAP_BASE_URL"] == "https://plans.example.org/map"
    assert started["env"]["PLANMAP_READ_ONLY"] == "1"


@pytest.mark.parametrize(
    "address",
    ["plans.example.org", "ftp://x.org/", "javascript:alert(1)", "https://", "https://x/?a"],
)
def test_what_is_no_address_is_refused(serve, address: str) -> None:
    """One clear line, exit code 2, and no server."""
    result, started = serve("--base-url", address)
    assert result.exit_code == 2
    assert result.output.startswith("planmap: ")
    assert started == {}
