"""A report as plain data and back, exactly: what a published edition is kept as."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gatehouse.kernel.figure import Computed, Declared, Documented, Evidence, Figure
from gatehouse.kernel.results import Reason
from gatehouse.performance.domain.book import Entry, RecordLine
from gatehouse.performance.domain.report import (
    Block,
    Difference,
    Erratum,
    FigureRun,
    Paragraph,
    Report,
    Run,
    Runs,
    Section,
    State,
    Table,
    Words,
)


def to_plain(report: Report) -> dict[str, Any]:
    """The report as data that JSON can hold; `from_plain` gives an equal report."""
    return {
        "year": report.year,
        "agency": report.agency,
        "title": report.title,
        "state": report.state.value,
        "edition": report.edition,
        "as_of": report.as_of.isoformat(),
        "sections": [_block(section) for section in report.sections],
        "evidence": {id: _entry(entry) for id, entry in report.evidence.items()},
        "errata": [_flat(erratum) | {"on": erratum.on.isoformat()} for erratum in report.errata],
        "differences": [_flat(difference) for difference in report.differences],
    }


def from_plain(data: Mapping[str, Any]) -> Report:
    """The report that `to_plain` gave as data."""
    return Report(
        year=data["year"],
        agency=data["agency"],
        title=data["title"],
        state=State(data["state"]),
        edition=data["edition"],
        as_of=datetime.fromisoformat(data["as_of"]),
        sections=tuple(_section_from(section) for section in data["sections"]),
        evidence={id: _entry_from(entry) for id, entry in data["evidence"].items()},
        errata=tuple(Erratum(**(each | {"on": date.fromisoformat(each["on"])})) for each in data["errata"]),
        differences=tuple(Difference(**each) for each in data["differences"]),
    )


def canonical(data: Mapping[str, Any]) -> bytes:
    """The bytes of `to_plain` that a report's digest is made over."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(report: Report) -> str:
    """The SHA-256 of a report in hexadecimal: the same for a published edition as on the day it was frozen."""
    return hashlib.sha256(canonical(to_plain(report))).hexdigest()


def text_digest(report: Report) -> str:
    """The SHA-256 of what a report prints, in hexadecimal: the same as long as no word and no figure in it changes."""
    printed = {name: _as_printed(to_plain(report)[name]) for name in ("title", "sections", "differences")}
    return hashlib.sha256(canonical(printed)).hexdigest()


def _as_printed(plain: Any) -> Any:
    """Without what an edition before printed."""
    if isinstance(plain, dict):
        return {name: _as_printed(value) for name, value in plain.items() if name != "was"}
    return [_as_printed(each) for each in plain] if isinstance(plain, list) else plain


def _flat(item: Any) -> dict[str, Any]:
    return {name: getattr(item, name) for name in item.__slots__}


def _run(run: Run) -> dict[str, Any]:
    return {"words": run.text} if isinstance(run, Words) else _flat(run)


def _run_from(data: Mapping[str, Any]) -> Run:
    return Words(data["words"]) if "words" in data else FigureRun(**data)


def _runs_from(data: list[Mapping[str, Any]]) -> Runs:
    return tuple(_run_from(run) for run in data)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph():
            return {"paragraph": [_run(run) for run in block.runs]}
        case Table():
            rows = [[[_run(run) for run in cell] for cell in row] for row in block.rows]
            return {"caption": block.caption, "columns": list(block.columns), "rows": rows}
        case Section():
            inner = [_block(each) for each in block.blocks]
            title = [_run(run) for run in block.title]
            return {"level": block.level, "number": block.number, "title": title, "blocks": inner}


def _block_from(data: Mapping[str, Any]) -> Block:
    if "paragraph" in data:
        return Paragraph(_runs_from(data["paragraph"]))
    if "columns" in data:
        rows = tuple(tuple(_runs_from(cell) for cell in row) for row in data["rows"])
        return Table(data["caption"], tuple(data["columns"]), rows)
    return _section_from(data)


def _section_from(data: Mapping[str, Any]) -> Section:
    blocks = tuple(_block_from(each) for each in data["blocks"])
    return Section(data["level"], data["number"], _runs_from(data["title"]), blocks)


def _entry(entry: Entry) -> dict[str, Any]:
    """Only entries that have a value are kept with a report: what is missing has no evidence."""
    assert entry.figure is not None  # noqa: S101 (a report's evidence holds nothing else)
    value = entry.figure.value
    return {
        "id": entry.id,
        "name": dict(entry.name),
        "definition": dict(entry.definition),
        "value": str(value),
        "of": type(value).__name__,
        "unit": entry.figure.unit,
        "labels": dict(entry.figure.labels),
        "evidence": entry.figure.as_dict()["evidence"],
        "records": [_flat(line) | {"what": dict(line.what)} for line in entry.records],
        "target": None if entry.target is None else str(entry.target),
        "less_is_better": entry.less_is_better,
        "notes": [note.as_dict() for note in entry.notes],
        "parts": list(entry.parts),
    }


_VALUES: Mapping[str, Callable[[str], int | Decimal | date]] = {
    "int": int,
    "Decimal": Decimal,
    "date": date.fromisoformat,
}


def _entry_from(data: Mapping[str, Any]) -> Entry:
    value = _VALUES[data["of"]](data["value"])
    figure = Figure(data["id"], value, data["unit"], data["labels"], _evidence_from(data["evidence"]))
    return Entry(
        id=data["id"],
        name=data["name"],
        figure=figure,
        definition=data["definition"],
        records=tuple(RecordLine(**line) for line in data["records"]),
        target=None if data["target"] is None else Decimal(data["target"]),
        less_is_better=data["less_is_better"],
        notes=tuple(Reason.from_dict(note) for note in data["notes"]),
        parts=tuple(data["parts"]),
    )


def _evidence_from(data: Mapping[str, Any]) -> Evidence:
    parts = {name: value for name, value in data.items() if name != "kind"}
    match data["kind"]:
        case Computed.kind:
            begin, end = parts["period"]
            period = date.fromisoformat(begin), date.fromisoformat(end)
            return Computed(**(parts | {"period": period, "as_of": datetime.fromisoformat(parts["as_of"])}))
        case Documented.kind:
            return Documented(**(parts | {"confirmed_by": tuple(parts["confirmed_by"])}))
        case _:
            return Declared(**(parts | {"on": date.fromisoformat(parts["on"])}))
