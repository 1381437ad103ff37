from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.device.made import INDEX_KEY, NOW, listed, named

from gatehouse.device.screening import ListKind, Matched, Subject, matched
from gatehouse.device.watch_index import ListedEntry, build, screen

TODAY = NOW.date()
TANAKA = Subject("JPN", "TK1234567", "TANAKA", "HANAKO", "1985-03-14")
LETTERS = st.text("ABC", min_size=1, max_size=2)
BORN = st.sampled_from([None, "1985", "1985-03", "1985-03-14", "1986-01-01"])


def test_a_listed_document_and_a_listed_name_are_found_each_once() -> None:
    both = [listed(), named("TANAKA", "HANAKO", "1985")]
    index = build(both, INDEX_KEY)
    assert len(index) == 2
    [hit] = screen(build([listed()], INDEX_KEY), INDEX_KEY, TANAKA, on=TODAY)
    assert (hit.entry.int, hit.kind, hit.matched, hit.basis) == (7, ListKind.ENTRY_BAN, Matched.DOCUMENT, "act 1")
    [by_name] = screen(build([both[1]], INDEX_KEY), INDEX_KEY, TANAKA, on=TODAY)
    assert (by_name.kind, by_name.matched) == (ListKind.LOOKOUT, Matched.NAME)
    assert str(by_name.reason) == "the same name; the dates of birth agree as far as known, 1985"


def test_nobody_can_be_read_out_of_it() -> None:
    text = str(build([listed(), named("TANAKA", "HANAKO", "1985-03-14")], INDEX_KEY))
    for secret in ("TANAKA", "TK1234567", "1985", "act 1", "lookout"):
        assert secret not in text
    assert screen(build([listed()], INDEX_KEY), bytes([1] * 32), TANAKA, on=TODAY) == ()


@pytest.mark.parametrize(("first", "last", "found"), [(0, None, 1), (0, 0, 1), (1, None, 0), (-9, -1, 0), (-9, 9, 1)])
def test_an_entry_counts_on_its_days(first: int, last: int | None, found: int) -> None:
    def day(offset: int) -> date:
        return TODAY + timedelta(days=offset)

    entry = listed(valid_from=day(first), valid_until=None if last is None else day(last))
    assert len(screen(build([entry], INDEX_KEY), INDEX_KEY, TANAKA, on=TODAY)) == found


@given(names=st.lists(st.tuples(LETTERS, LETTERS, BORN), max_size=6), wanted=st.tuples(LETTERS, LETTERS, BORN))
def test_it_finds_what_the_lists_in_clear_would(
    names: list[tuple[str, str, str | None]], wanted: tuple[str, str, str | None]
) -> None:
    entries = [
        ListedEntry(each.entry.__class__(**{**_fields(each), "id": type(each.entry.id)(int=n)}), each.valid_from, None)
        for n, each in enumerate(named(*name) for name in names)
    ]
    subject = Subject("UTO", "1", *wanted)
    hits = screen(build(entries, INDEX_KEY), INDEX_KEY, subject, on=TODAY)
    expected = [(each.entry.id, why) for each in entries if (why := matched(each.entry, subject)) is not None]
    assert [(hit.entry, (hit.matched, hit.reason)) for hit in hits] == expected


def _fields(each: ListedEntry) -> dict[str, Any]:
    return {name: getattr(each.entry, name) for name in each.entry.__dataclass_fields__}
