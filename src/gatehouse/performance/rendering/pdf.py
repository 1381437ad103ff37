"""The report as PDF: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) together, in Typst's strict modes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_tw
import typst

from gatehouse.kernel.errors import RefusedError
from gatehouse.performance.rendering.paper import Paper

_TEMPLATE = Path(__file__).with_name("report.typ")
_STANDARDS: list[Any] = ["a-2a", "ua-1"]
#: The strict modes refuse what no font can draw, one character or word at a time.
_NO_GLYPH = re.compile(r"the text `?\"(?P<text>.*?)\"`? could not be displayed")

_ESCAPED = re.compile(r"\\u\{(?P<code>[0-9a-f]+)\}")


def pdf(paper: Paper) -> bytes:
    """The file. The same paper gives the same bytes: the typeface comes with the program and the day is the report's.

    Where the text has a character that this face has not, the machine's own fonts are asked as well; then only are the
    bytes those of the machine. Raises `RefusedError` that names the characters where no font has them.
    """
    try:
        return _compiled(paper, _fonts(of_the_machine=False))
    except typst.TypstError as error:
        if not _lacking(error):
            raise
    try:
        return _compiled(paper, _fonts(of_the_machine=True))
    except typst.TypstError as error:
        lacking = _lacking(error)
        if not lacking:
            raise
        raise RefusedError(
            "no font of this machine has the characters %(characters)s: install one that has them, such as Debian's "
            "fonts-noto or fonts-hanazono",
            characters=", ".join(lacking),
        ) from error


@cache
def _fonts(*, of_the_machine: bool) -> typst.Fonts:
    """The face that comes with the program, and as a last resort what is installed."""
    return typst.Fonts(
        include_system_fonts=of_the_machine,
        include_embedded_fonts=True,
        font_paths=[str(pylopdf_fonts_zh_tw.serif_path().parent)],
    )


def _compiled(paper: Paper, fonts: typst.Fonts) -> bytes:
    compiler = typst.Compiler(_TEMPLATE, font_paths=fonts, sys_inputs={"paper": json.dumps(_plain(paper), default=str)})
    at = paper.as_of.replace(microsecond=0)  # a PDF has no smaller part of time than the second
    made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=at)
    assert isinstance(made, bytes)  # noqa: S101 (one document, no file named)
    return made


def _plain(paper: Paper) -> dict[str, Any]:
    parts = [{"kind": type(part).__name__, **asdict(part)} for part in paper.parts]
    return {**asdict(paper), "parts": parts}


def _lacking(error: typst.TypstError) -> list[str]:
    """The code points of what could not be drawn. Typst names some as themselves, others as `\\u{…}`."""
    texts = [found["text"] for found in _NO_GLYPH.finditer(error.diagnostic)]
    plain = "".join(_ESCAPED.sub(lambda found: chr(int(found["code"], 16)), text) for text in texts)
    return [f"U+{ord(character):04X}" for character in sorted(set(plain))]
