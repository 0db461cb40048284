"""Elements of KML by their plain names, whatever prefix or namespace a program gave them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree


def local(element: etree._Element) -> str:
    """Return an element's name without prefix and namespace; empty for comments."""
    if not isinstance(element.tag, str):
        return ""
    # a prefix that is not declared is part of the tag
    return element.tag.rpartition("}")[2].rpartition(":")[2]


def every(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the elements of a name at any depth, in the order of the file."""
    return (each for each in element.iter() if local(each) == name)


def text_of(element: etree._Element) -> str:
    """Return all text inside an element."""
    return "".join(element.itertext(with_tail=False)).strip()


def child(element: etree._Element, name: str) -> str:
    """Return the text of the first child of a name; empty if there is none."""
    found = next((each for each in element if local(each) == name), None)
    return "" if found is None else text_of(found)


def name_of(element: etree._Element) -> str:
    """Return the name of a placemark, folder or link on one line; empty if it has none."""
    return " ".join(child(element, "name").split())
