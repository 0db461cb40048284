"""The view of an AppTest: what it is, and what a user changes in it.

The filters are a part of our own, which AppTest cannot press: a choice is put into the view.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.testing.v1 import AppTest

    import layers


def view_of(app: AppTest) -> layers.View:
    """Return what the user of an app sees."""
    view: layers.View = app.session_state["view"]
    return view


def address_of(app: AppTest) -> dict[str, list[str]]:
    """Return the parameters of the address that the app writes."""
    return view_of(app).query()


def choose(app: AppTest, name: str, values: Sequence[str]) -> AppTest:
    """Choose values of one filter, and let the app run."""
    return show(app, view_of(app).choose(name, values))


def change(app: AppTest, **fields: Any) -> AppTest:
    """Change fields of the view, and let the app run."""
    return show(app, replace(view_of(app), **fields))


def show(app: AppTest, view: layers.View) -> AppTest:
    """Let the user see a view, and let the app run."""
    app.session_state["view"] = view
    return app.run()
