"""Files that are broken or meant to harm are one clear error, and no text takes long."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from tests.performance.auditor.reading import ACTS
from tests.performance.auditor.source import SOURCE

from gatehouse.kernel.errors import UnreadableError
from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.reading import read_report

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"%PDF-1.7\n" + b"\0\xff" * 1000, "the PDF is broken"),
        (b"a\0b", "no text in UTF-8"),
        ("統計".encode("big5"), "no text in UTF-8"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "no text in UTF-8"),
        (b"<html><body></body></html>", "the file has no text"),
        (b"   \n \n", "the file has no text"),
        (packed("other.xml", b""), "neither ODT nor DOCX"),
        (packed("content.xml", b"<a/>")[:30], "broken or locked"),
        (packed("content.xml", b""), "broken or locked"),
        (packed("content.xml", b"<a>" + b" " * (65 << 20) + b"</a>"), "larger than 64 MB"),
        (
            packed("content.xml", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
            "declares entities",
        ),
        (packed("content.xml", b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>'), "declares entities"),
        (packed("word/document.xml", f"<w:document {WORD}>".encode() + b"<w:p>" * 100_000), "broken or locked"),
        (b"a" * ((64 << 20) + 1), "larger than 64 MB"),
        ("字".encode() * 5_000_001, "longer than 5000000 characters"),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_says_so_once(data: bytes, wanted: str) -> None:
    with pytest.raises(UnreadableError, match=wanted):
        read_report(data)


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "1,",
        "(",
        "甲、",
        "1%",
        "1人",
        "112年",
        "率",
        "1億",
        "一",
        "1+",
        "甲、乙等3項",
        "1\t",
        "|1",
        "1人合計",
        "\n1.",
        "甲\n",
        "----\n",
    ],
)
def test_a_long_line_takes_no_long_time(unit: str) -> None:
    text = "壹、計3項" + unit * (20_000 // len(unit))
    begun = time.process_time()
    audit(read_report(text.encode()), ACTS)
    assert time.process_time() - begun < 10


def test_tags_that_are_never_closed_take_no_long_time() -> None:
    begun = time.process_time()
    for unit in ("<p>", "<table>", "<!--", "<!x", "<td>", "<div hidden>", "&"):
        read_report(("<html><body><p>字" + unit * (50_000 // len(unit))).encode())
    assert time.process_time() - begun < 10


def test_a_hundred_pages_take_a_few_seconds() -> None:
    begun = time.process_time()
    found = audit(read_report((SOURCE * 15).encode()), ACTS)
    assert time.process_time() - begun < 10
    assert found.checked["ratios"] >= 11 * 15
