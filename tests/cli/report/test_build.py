from __future__ import annotations

import json
import os
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.figure import Declared, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Book, Entry, book
from gatehouse.performance.selectors import reports
from gatehouse.performance.services.editions import edition_publish, narrative_write
from gatehouse.platform.actors import Actor, ActorKind
from tests.cli.running import run

pytestmark = pytest.mark.django_db
Captured = pytest.CaptureFixture[str]
CLOCK = FixedClock(datetime(2024, 2, 1, 8, tzinfo=UTC))
WRITER = Actor(ActorKind.USER, "writer", frozenset({"performance.read", "performance.record"}))
PUBLISHER = Actor(ActorKind.USER, "publisher", frozenset({"performance.read", "performance.publish"}))
BUILD = ("report", "build", "--year", "112")


class Records:
    """What the year's book holds."""

    spent: int | None = 217_000

    def book(self, year: int, **_: object) -> Book:
        name = {"zh-hant": "支用", "en": "spent"}
        if self.spent is None:
            return book(year, [Entry("p.spent", name, None, name, Reason("nothing was recorded"))])
        figure = Figure("p.spent", self.spent, "", {}, Declared("the agency", date(2024, 1, 31)))
        return book(year, [Entry("p.spent", name, figure, name)])


@pytest.fixture(autouse=True)
def records(monkeypatch: pytest.MonkeyPatch) -> Records:
    found = Records()
    monkeypatch.setattr(reports, "book_of", found.book)
    monkeypatch.setattr("gatehouse.cli.report.build.open_store", nullcontext)
    text = "壹、支用{p.spent:thousands}千元"
    narrative_write(clock=CLOCK, actor=WRITER, year=112, part="goals", position=1, text=text)
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_format_by_default_from_the_records_as_they_stand(tmp_path: Path, capsys: Captured) -> None:
    out = tmp_path / "new" / "reports"
    code, said, err = run(capsys, *BUILD, "--out", str(out))
    assert (code, err) == (0, "")
    written = ["report-112.html", "report-112.pdf", "report-112.odt", "report-112.ods", "report-112.docx"]
    assert said.splitlines() == [str(out / name) for name in written]
    assert names(out) == sorted(written)
    page = (out / "report-112.html").read_text()
    assert "內政部移民署112年度施政績效報告" in page
    assert ">217</a>千元" in page
    begins = [(out / name).read_bytes()[:4] for name in written[1:]]
    assert begins == [b"%PDF", *[b"PK\x03\x04"] * 3]


def test_one_json_document_says_what_was_built(tmp_path: Path, capsys: Captured) -> None:
    code, said, _ = run(capsys, *BUILD, "--format", "HTML, html", "--out", str(tmp_path), "--json")
    found = json.loads(said)
    assert (code, names(tmp_path)) == (0, ["report-112.html"])
    assert datetime.fromisoformat(found.pop("as_of")).tzinfo is not None
    assert found == {
        "year": 112,
        "state": "proof",
        "edition": 1,
        "missing": [],
        "files": [str(tmp_path / "report-112.html")],
    }


def test_a_missing_figure_is_named_and_nothing_is_written(tmp_path: Path, capsys: Captured, records: Records) -> None:
    records.spent = None
    assert run(capsys, *BUILD, "--out", str(tmp_path / "out")) == (
        1,
        "",
        "gatehouse: these figures are missing: p.spent\n",
    )
    assert not (tmp_path / "out").exists()
    code, said, _ = run(capsys, *BUILD, "--format", "html", "--out", str(tmp_path), "--draft", "--json")
    assert (code, json.loads(said)["missing"], json.loads(said)["state"]) == (0, ["p.spent"], "draft")
    assert "<mark>" in (tmp_path / "report-112.html").read_text()


def test_an_edition_is_what_was_published_whatever_the_records_say_now(
    tmp_path: Path, capsys: Captured, records: Records
) -> None:
    edition_publish(clock=CLOCK, actor=PUBLISHER, year=112)
    records.spent = 218_000
    edition_publish(clock=CLOCK, actor=PUBLISHER, year=112, reason="entered late")
    records.spent = 219_000

    def page(*options: str) -> str:
        assert run(capsys, *BUILD, "--format", "html", "--out", str(tmp_path), *options)[0] == 0
        return (tmp_path / "report-112.html").read_text()

    first = page("--edition", "1")
    assert (">217</a>" in first, ">218</a>" in first) == (True, False)
    assert page("--edition", "1") == first
    latest = page("--edition", "latest")
    assert (">218</a>" in latest, "217" in latest, "219" in latest) == (True, True, False)
    assert ">219</a>" in page()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--format", "html,exe"), 2, "there is no format exe; there are: html, pdf, odt, ods, docx"),
        (("--format", ""), 2, "there is no format ''; there are: html, pdf, odt, ods, docx"),
        (("--draft", "--edition", "1"), 2, "a published edition is no draft: give --draft or --edition"),
        (("--edition", "first"), 2, "an edition is a number from 1, or latest, not first"),
        (("--edition", "0"), 2, "an edition is a number from 1, or latest, not 0"),
        (("--edition", "3"), 1, "no such edition of the year 112 was published: 3"),
        (("--edition", "latest"), 1, "no such edition of the year 112 was published: latest"),
        (
            ("--year", "111"),
            1,
            "nothing of the year 111 is on record: load its records with gatehouse report load FOLDER",
        ),
        (("--year", "2023"), 2, "2023 is a Gregorian year: years are given in the ROC calendar here, 112"),
        (("--year", "-1"), 2, "-1 is no year of this agency's calendar"),
        (("--year", "99999999999999999999"), 2, "99999999999999999999 is no year of this agency's calendar"),
    ],
)
def test_what_cannot_be_built_is_one_line_and_writes_nothing(
    options: tuple[str, ...], code: int, said: str, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "out"
    assert run(capsys, *BUILD, "--out", str(out), *options) == (code, "", f"gatehouse: {said}\n")
    assert not out.exists()


def test_a_folder_that_is_a_file_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "out").write_text("mine")
    code, said, err = run(capsys, *BUILD, "--format", "html", "--out", str(tmp_path / "out"))
    assert (code, said, err) == (2, "", f"gatehouse: {tmp_path / 'out'} cannot be written: File exists\n")
    assert (tmp_path / "out").read_text() == "mine"


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "report-112.odt").mkdir()
    (tmp_path / "report-112.html").write_text("before")
    code, said, err = run(capsys, *BUILD, "--format", "html,odt", "--out", str(tmp_path))
    assert (code, said) == (2, "")
    assert err == f"gatehouse: {tmp_path / 'report-112.odt'} cannot be written: Is a directory\n"
    assert names(tmp_path) == ["report-112.html", "report-112.odt"]
    assert (tmp_path / "report-112.html").read_text() == "before"


def test_a_folder_that_nobody_may_write_to_is_one_line(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path, data: bytes) -> int:
        raise PermissionError(13, os.strerror(13), str(self))

    monkeypatch.setattr(Path, "write_bytes", refused)
    code, _, err = run(capsys, *BUILD, "--format", "html", "--out", str(tmp_path))
    assert code == 2
    assert err.endswith("cannot be written: Permission denied\n")
    assert names(tmp_path) == []
