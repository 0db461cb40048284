"""How to use what is shown in QGIS and the like: the addresses of the service, and the steps."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st

import layers

if TYPE_CHECKING:
    from pages.desk import Desk


def tell(on: Desk) -> None:
    """Show the addresses of the service and of this selection, and what to do with them."""
    root = service_address()
    words = layers.parameters(on.selection, on.as_of)
    plain = f"{root}/selection.geojson" + (f"?{words}" if words else "")
    st.caption(on.say("gis_about"))
    st.markdown(on.say("gis_service"))
    st.code(f"{root}/", language=None)
    st.markdown(on.say("gis_service_steps"))
    if on.as_of:
        st.caption(on.say("gis_service_today", date=on.as_of))
    st.markdown(on.say("gis_plain"))
    st.code(plain, language=None, wrap_lines=True)
    st.markdown(on.say("gis_plain_steps"))
    st.caption(on.say("gis_carries"))


def service_address() -> str:
    """Return where the service is, as others or this browser reach the app."""
    if told := os.environ.get("PLANMAP_BASE_URL", "").rstrip("/"):
        return f"{told}/api"
    parts = urlsplit(st.context.url or "http://127.0.0.1:8501")
    prefix = (st.get_option("server.baseUrlPath") or "").strip("/")
    return "/".join([f"{parts.scheme}://{parts.netloc}", *filter(None, [prefix]), "api"])
