"""`gatehouse report build`: the files of a year's report."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.report.years import year_require
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.errors import NotFoundError, UnreadableError

if TYPE_CHECKING:
    from gatehouse.performance.api import Report

_ALL = "html,pdf,odt,ods,docx"


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse report build --year 112 --format html,pdf --out reports",
)
@click.option("--year", type=int, required=True, help="The year, in the agency's calendar.")
@click.option("--format", "formats", default=_ALL, show_default=True, help="What to write, separated by commas.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The folder; made where there is none.")
@click.option("--draft", is_flag=True, help="Build it even where figures are missing, and mark it.")
@click.option("--edition", help="A published edition as it was frozen: its number, or latest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def build(*, year: int, formats: str, out: Path, draft: bool, edition: str | None, as_json: bool) -> int:
    """Write the report of a year as report-YEAR.EXT, one file for each format.

    It is built from the records as they stand now, as a proof; with --edition it is what was published. A missing
    figure is exit code 1 with its name, and nothing is written. All files are written, or none.
    """
    if draft and edition:
        raise UnreadableError("a published edition is no draft: give --draft or --edition")
    wanted = _formats(formats)
    with open_store():
        from gatehouse.performance.api import Format, report_file

        year_require(year)
        report = _edition(year, edition) if edition else _now(year, draft=draft)
        files = {out / f"report-{year}.{name}": report_file(report, Format(name)) for name in wanted}
    _write(files, out)
    found = {
        "year": report.year,
        "state": report.state.value,
        "edition": report.edition,
        "as_of": report.as_of.isoformat(),
        "missing": list(report.missing),
        "files": [str(path) for path in files],
    }
    show(found, "\n".join(str(path) for path in files), as_json=as_json)
    return 0


def _formats(text: str) -> list[str]:
    """Raises `UnreadableError` for a format that there is not."""
    known = _ALL.split(",")
    names = list(dict.fromkeys(name.strip().lower() for name in text.split(",")))
    for name in names:
        if name not in known:
            raise UnreadableError(
                "there is no format %(name)s; there are: %(known)s", name=name[:20] or "''", known=", ".join(known)
            )
    return names


def _now(year: int, *, draft: bool) -> Report:
    from gatehouse.kernel.clock import SystemClock
    from gatehouse.performance.api import State, report_of
    from gatehouse.platform.actors import Actor

    state = State.DRAFT if draft else State.PROOF
    return report_of(year, clock=SystemClock(), reader=Actor.system("report"), state=state)


def _edition(year: int, edition: str) -> Report:
    from gatehouse.performance.api import edition_of

    if edition != "latest" and not (edition.isascii() and edition.isdigit() and 0 < int(edition) < 1000):
        raise UnreadableError("an edition is a number from 1, or latest, not %(text)s", text=edition[:20])
    found = edition_of(year, None if edition == "latest" else int(edition))
    if found is None:
        raise NotFoundError("no such edition of the year %(year)s was published: %(text)s", year=year, text=edition)
    return found


def _write(files: dict[Path, bytes], out: Path) -> None:
    """Write every file whole, or none of them. Raises `UnreadableError` where the folder cannot be written to."""
    fresh = {path: path.with_name(f".{path.name}.new") for path in files}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for path, data in files.items():
            if path.is_dir():
                raise IsADirectoryError(21, "Is a directory", str(path))
            fresh[path].write_bytes(data)
        for path, new in fresh.items():
            new.replace(path)
    except OSError as error:
        for new in fresh.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)
        name = error.filename or out
        raise UnreadableError("%(name)s cannot be written: %(cause)s", name=name, cause=error.strerror) from error
