"""All formats in one archive, with a README and the texts of the licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.export import frames, writer
from layers.export.fields import field_list
from layers.export.formats import formats
from layers.export.layered import to_flatgeobuf, to_geoparquet
from layers.export.pack import zipped
from layers.export.readme import licence_texts, readme

if TYPE_CHECKING:
    from layers.export.content import Content

_LAYERS = ("projects", "circles", "statements", "units", "sources", "documents")


def bundle(content: Content, crs: int) -> bytes:
    """Return an archive of all formats, each in EPSG:``crs`` where it allows that."""
    made = {
        form.file_name(content.stem): writer(form.code)(
            content, crs if crs in form.crs else form.crs[0]
        )
        for form in formats().values()
        if form.code != "zip"
    }
    circles = frames.circles(content, crs)
    return zipped(
        {
            **made,
            f"{content.stem}.circles.fgb": to_flatgeobuf(circles),
            f"{content.stem}.circles.parquet": to_geoparquet(circles),
            "fields.csv": field_list({name: name for name in _LAYERS}),
            "README.txt": readme(content, crs),
            **licence_texts(content),
        }
    )
