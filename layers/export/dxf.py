"""DXF for CAD: a layer per stage, names as text, circles on a layer of their own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import ezdxf
import shapely
from ezdxf import units
from ezdxf.colors import RGB

from layers.export import frames
from layers.export.cut import fitted_bytes
from layers.export.geopackage import tables
from layers.export.pack import table_csv, zipped
from layers.export.readme import readme
from layers.symbols import base_colour, stage_colour
from layers.words import caption, codes, label

if TYPE_CHECKING:
    from collections.abc import Callable

    from layers.export.content import Content

# Dates and numbers that a drawing is stamped with stay the same, whenever it is made.
ezdxf.options.write_fixed_meta_data_for_testing = True  # type: ignore[attr-defined]

_APP = "PLANMAP"
_METRES = (4549, 3857)
# Height of a name: metres on the ground, degrees where the system has no metres.
_HEIGHT = {True: 60.0, False: 0.0006}
# What every entity carries of its project, and how many bytes of a text a drawing can hold.
_CARRIED = (
    "id",
    "name",
    "category_zh",
    "stage_zh",
    "as_of",
    "location_class_zh",
    "location_source",
)
_LONGEST = 250
_CROSS = 35  # points are drawn as a cross in a circle
_FONT = "simsun.ttf"


def dxf(content: Content, crs: int) -> bytes:
    """Return a zip of a drawing in EPSG:``crs`` and of what has no place in it as side tables."""
    made = tables(content, crs)
    side = {
        f"{part.name}.csv": table_csv(frame) for part, frame in made.items() if not part.geometry
    }
    return zipped(
        {
            f"{content.stem}.dxf": _drawing(content, crs),
            **side,
            "README.txt": readme(content, crs, "dxf"),
        }
    )


def _drawing(content: Content, crs: int) -> bytes:
    # With the code page of Chinese CAD, which GDAL reads too; R2004 is the first with own colours.
    document = ezdxf.new("R2004")  # type: ignore[attr-defined]  # listed at run time only
    document.encoding = "gbk"
    metric = crs in _METRES
    document.units = units.M if metric else 0
    document.header["$PDMODE"], document.header["$PDSIZE"] = _CROSS, _HEIGHT[metric] * 2
    document.appids.add(_APP)
    document.styles.add("planmap", font=_FONT)
    circles = caption("kml_circles", "zh")
    _add_layers(document, circles)
    space = document.modelspace()
    for row in frames.circles(content, crs).itertuples():
        _draw(space, row.geometry, circles, [row.project_id, row.name, f"{row.radius_m:.0f} m"])
    rows = frames.projects(content, crs)
    for row in rows[rows.geometry.notna()].itertuples():
        _draw_project(space, row, _HEIGHT[metric])
    out = io.StringIO()
    document.write(out)
    return document.encode(out.getvalue())


def _add_layers(document: Any, circles: str) -> None:
    for stage in codes("stage"):
        layer = document.layers.add(_layer_name(stage))
        layer.rgb = _rgb(stage_colour(stage))
    document.layers.add(circles).rgb = _rgb(base_colour("badge"))


def _draw_project(space: Any, row: Any, height: float) -> None:
    layer = _layer_name(row.stage)
    carried = [value for name in _CARRIED if isinstance(value := getattr(row, name), str)]
    _draw(space, row.geometry, layer, [*carried, f"{row.radius_m:.0f} m"])
    at = row.geometry.representative_point()
    text = space.add_text(
        _plain(row.title), height=height, dxfattribs={"layer": layer, "style": "planmap"}
    )
    text.set_placement((at.x + height, at.y + height))


def _draw(space: Any, shape: Any, layer: str, carried: list[str]) -> None:
    data = [(1000, _plain(text)) for text in carried]
    for part in shapely.get_parts(shape):
        for entity in _DRAWN[part.geom_type](space, part):
            entity.dxf.layer = layer
            entity.set_xdata(_APP, data)


_DRAWN: dict[str, Callable[[Any, Any], list[Any]]] = {
    "Point": lambda space, part: [space.add_point((part.x, part.y))],
    "LineString": lambda space, part: [space.add_lwpolyline(part.coords)],
    "Polygon": lambda space, part: [
        space.add_lwpolyline(ring.coords, close=True) for ring in (part.exterior, *part.interiors)
    ],
}


def _layer_name(stage: str) -> str:
    return caption("dxf_layer", "zh", stage=label("stage", stage, "zh"))


def _rgb(colour: str) -> RGB:
    return RGB(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def _plain(text: str) -> str:
    """Return a text on one line that a drawing can hold: no control characters, 250 bytes.

    What is longer ends in an ellipsis; the README beside the drawing says so.
    """
    one_line = "".join(letter if letter.isprintable() else " " for letter in text)
    return fitted_bytes(one_line, _LONGEST)
