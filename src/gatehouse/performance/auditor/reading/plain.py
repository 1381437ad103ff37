"""Text in UTF-8, in UTF-16 that says so, or in Big5, in which older files of the government are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.grids import Grid
from gatehouse.performance.auditor.joining import Paragraph, blocks_of
from gatehouse.performance.auditor.reading.limits import within

#: The blocks of a report, and how many lines they were read from.
Read = tuple[Sequence[Paragraph | Grid], int]
_NO_TEXT = "the file is no PDF, ODT, DOCX or HTML, and no text in UTF-8 or Big5"
#: Bytes of another encoding may be Big5 by chance, but not these words.
_OF_A_REPORT = re.compile("年度|計畫|報告|目標|執行")
_HASHES = re.compile(r"^\s{0,3}#{1,6}\s+")


def decoded(data: bytes) -> str:
    """The text of a file. Raises `UnreadableError` for another encoding, or for what is no text."""
    if data.startswith(b"{\\rtf"):
        raise UnreadableError("RTF is not read: save the report as ODT, DOCX, PDF or text")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = _big5(data)
        if not text:
            raise UnreadableError(_NO_TEXT) from error
    if "\0" in text:
        raise UnreadableError(_NO_TEXT)
    within(len(text))
    return text


def _big5(data: bytes) -> str:
    """The text of a file in Big5; empty where it is not, or where its words are none of a report."""
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError:
        return ""
    return text if _OF_A_REPORT.search(text) else ""


def read(text: str) -> Read:
    """A text with its lines as they are counted by an editor; a form feed ends a line of its own."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    numbered = [(number, _HASHES.sub("", part)) for number, line in enumerate(lines, 1) for part in line.split("\f")]
    return list(blocks_of(numbered)), len(lines)
