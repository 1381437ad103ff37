"""The report in five formats, each from the same paper: plain Python that asks nothing of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from importlib import import_module

from gatehouse.performance.domain.report import Report
from gatehouse.performance.rendering.manner import Manner
from gatehouse.performance.rendering.paper import Paper, paper_of

__all__ = ["MEDIA_TYPES", "Format", "Manner", "render"]


class Format(StrEnum):
    """The value is the extension of the file."""

    HTML = "html"
    PDF = "pdf"
    ODT = "odt"
    ODS = "ods"
    DOCX = "docx"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.HTML: "text/html; charset=utf-8",
    Format.PDF: "application/pdf",
    Format.ODT: "application/vnd.oasis.opendocument.text",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def render(report: Report, format: Format, manner: Manner) -> bytes:
    """The bytes of the report's file; the same report gives the same bytes in every format.

    Raises `RefusedError` for PDF where no font has a character of the text: nothing is ever printed as an empty box.
    """
    module = import_module(f"{__name__}.{format.value}")  # the libraries of one format are no cost to another
    writer: Callable[[Paper], bytes] = getattr(module, format.value)
    return writer(paper_of(report, manner))
