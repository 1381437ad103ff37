"""Text of OpenDocument elements as a reader sees it: what odfdo gives shows links in another notation."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from odfdo import Element


def said(element: Element) -> str:
    """All text within an element, in its order."""
    return "".join(ET.fromstring(element.serialize(with_ns=True)).itertext())
