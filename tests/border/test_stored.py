from __future__ import annotations

from datetime import date

from gatehouse.border.stored import versions_of
from gatehouse.documents.pki.sources import Kind, Source


def test_versions_are_read_as_they_were_written() -> None:
    used = (
        Source(Kind.MASTER_LIST, "a.ml", date(2026, 1, 8), "00" * 32),
        Source(Kind.PKD_EXPORT, "b", None, "11" * 32),
    )
    written = {"document": {"versions": [each.as_dict() for each in used]}}
    assert versions_of(written) == used
    assert written["document"]["versions"][1] == {"kind": "PKD export", "name": "b", "date": None, "sha256": "11" * 32}


def test_an_inspection_of_before_versions_were_kept_has_none() -> None:
    assert versions_of({"document": {"checks": []}}) == ()
