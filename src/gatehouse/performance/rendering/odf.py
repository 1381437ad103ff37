"""What ODT and ODS share: elements, and the package with its language, its dates and nothing that is not seen.

OpenDocument 1.2 (ISO/IEC 26300:2015); the files hold nothing that came with a later version.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from odfdo import Document, Element

from gatehouse.performance.rendering.archive import packed
from gatehouse.performance.rendering.paper import Paper

_STYLES = Path(__file__).with_name("odf-styles.xml")
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{kind}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
#: More than one space is one in OpenDocument, unless it says how many.
_SPACES = re.compile(r"(?<= ) +|^ +")

Child = Element | str


def tag(name: str, /, *children: Child, **attributes: str) -> Element:
    """`tag("text:p", "…", text__style_name="Level")`: an element with its attributes and what stands in it."""
    element = Element.from_tag(name)
    for key, value in attributes.items():
        element.set_attribute(key.replace("__", ":").replace("_", "-"), value)
    for child in children:
        for part in (child,) if isinstance(child, Element) else spaced(child):
            element.append(part)
    return element


def spaced(text: str) -> Iterable[Child]:
    """Text whose spaces are kept as they are."""
    end = 0
    for found in _SPACES.finditer(text):
        if text[end : found.start()]:
            yield text[end : found.start()]
        yield tag("text:s", text__c=str(len(found[0])))
        end = found.end()
    if text[end:]:
        yield text[end:]


def package(kind: str, paper: Paper, body: Iterable[Element], styles: Iterable[Element]) -> bytes:
    """The file; `kind` is `text` or `spreadsheet`. `styles` are those of tables, which programs look for in the content
    alone; every other style is in `odf-styles.xml`.
    """
    document = Document(kind)
    document.body.clear()
    for element in body:
        document.body.append(element)
    [automatic] = document.content.get_elements("//office:automatic-styles")
    automatic.clear()
    for style in styles:
        automatic.append(style)
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    files = {
        "mimetype": media_type.encode(),
        "content.xml": _version(document.content.serialize()),
        "styles.xml": _styles(paper),
        "meta.xml": _version(_meta(document, paper)),
        "META-INF/manifest.xml": _MANIFEST.format(kind=media_type).encode(),
    }
    return packed(files, stored=("mimetype",))


def _version(xml: bytes) -> bytes:
    return re.sub(rb'office:version="[0-9.]+"', b'office:version="1.2"', xml, count=1)


@cache
def _template() -> str:
    return _STYLES.read_text(encoding="utf-8")


def _styles(paper: Paper) -> bytes:
    fonts = ";".join(paper.fonts)
    header = f'<style:header><text:p text:style-name="Header">{escape(paper.mark)}</text:p></style:header>'
    filled = {
        "@latin-language@": escape(paper.latin[0]),
        "@latin-region@": escape(paper.latin[1] or "none"),
        "@language@": escape(paper.language),
        "@region@": escape(paper.region or "none"),
        "@fonts@": escape(fonts),
        "@header@": header if paper.mark else "",
    }
    text = _template()
    for name, value in filled.items():
        text = text.replace(name, value)
    return text.encode()


def _meta(document: Document, paper: Paper) -> bytes:
    meta = document.meta
    body = meta.get_meta_body()
    body.clear()
    at = paper.as_of.strftime("%Y-%m-%dT%H:%M:%SZ")
    for name, text in (
        ("meta:generator", "Gatehouse"),
        ("dc:title", paper.title),
        ("dc:subject", paper.edition),
        ("dc:creator", paper.agency),
        ("meta:creation-date", at),
        ("dc:date", at),
        ("dc:language", paper.tag),
    ):
        body.append(tag(name, text))
    return meta.serialize()
