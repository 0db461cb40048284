"""The password of a server, as an editor and a stranger meet it in a real browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import passwords
from pages import access
from scripts.serving import streamlit
from tests.conftest import ARTEFACTS
from tests.offline import sitecustomize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

RIGHT = "correct horse battery"
READ_ONLY = "This site is read-only"


@pytest.fixture(scope="module")
def guarded(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:  # noqa: ARG001
    """The address of an app that asks for a password."""
    folder: Path = tmp_path_factory.mktemp("guarded")
    (folder / "secret").write_text(passwords.hashed(RIGHT))
    told = {
        "PYTHONPATH": os.path.dirname(sitecustomize.__file__),  # noqa: PTH120 - a plain string
        "PLANMAP_PASSWORD_FILE": str(folder / "secret"),
    }
    with streamlit("run", "app.py", log=ARTEFACTS / "guarded.log", environment=told) as server:
        server.wait()
        yield server.url


def test_a_password_lets_an_editor_in_and_out_again(page: Page, guarded: str) -> None:
    """A stranger sees no form, nor one with a forged cookie; the editor does until leaving."""
    page.context.add_cookies([{"name": access.COOKIE, "value": "x" * 43, "url": guarded}])
    page.goto(f"{guarded}/edits?lang=en")
    expect(page.get_by_text(READ_ONLY)).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Sign in to make changes").click()
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the password.")
    page.wait_for_timeout(1100)  # the wait after one wrong password
    page.get_by_label("Password").fill(RIGHT)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You are signed in")).to_be_visible(timeout=60_000)
    expect(page.get_by_text(READ_ONLY)).to_have_count(0)
    page.reload()
    expect(page.get_by_text("You are signed in")).to_be_visible(timeout=60_000)
    page.get_by_role("link", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text(READ_ONLY)).to_be_visible(timeout=60_000)
