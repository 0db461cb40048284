"""How to use what is shown in QGIS and the like: the addresses of the service, and the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

import layers

if TYPE_CHECKING:
    from pages.desk import Desk


def tell(on: Desk) -> None:
    """Show the addresses of the service and of this selection, and what to do with them."""
    root = service_address()
    words = layers.parameters(on.selection)
    plain = f"{root}/selection.geojson" + (f"?{words}" if words else "")
    st.caption(on.say("gis_about"))
    st.markdown(on.say("gis_service"))
    st.code(f"{root}/", language=None)
    st.markdown(on.say("gis_service_steps"))
    st.markdown(on.say("gis_plain"))
    st.code(plain, language=None, wrap_lines=True)
    st.markdown(on.say("gis_plain_steps"))


def service_address() -> str:
    """Return where the service is, as the browser reaches this app."""
    parts = urlsplit(st.context.url or "http://127.0.0.1:8501")
    return f"{parts.scheme}://{parts.netloc}/api"
