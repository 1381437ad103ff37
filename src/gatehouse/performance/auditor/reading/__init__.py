"""Reads a report from the bytes of a file: text, HTML, ODT, DOCX or PDF, told apart by what they begin with."""

from __future__ import annotations

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.reading import html, office, pdf, plain
from gatehouse.performance.auditor.reading.limits import MOST_BYTES
from gatehouse.performance.auditor.structure import document_of


def read_report(data: bytes) -> Document:
    """The report in a file. Lines are those of a text or an HTML source, paragraphs and rows of an ODT or DOCX, and
    lines from the first page on of a PDF.

    Raises `UnreadableError`, with one reason, for what is none of these formats, is broken, too large, or has no text.
    Nothing outside the file is read.
    """
    if len(data) > MOST_BYTES:
        raise UnreadableError("the file is larger than %(limit)s MB", limit=MOST_BYTES >> 20)
    document = document_of(*_read(data))
    if not document.sentences and not document.tables:
        raise UnreadableError("the file has no text: a scanned report has to be recognised first")
    return document


def _read(data: bytes) -> plain.Read:
    if data.lstrip()[:5] == b"%PDF-":
        return pdf.read(data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return office.read(data)
    text = plain.decoded(data)
    return html.read(text) if html.is_html(text) else plain.read(text)
