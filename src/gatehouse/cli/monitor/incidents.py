"""`gatehouse monitor incidents`: what does not serve, since when, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.streams import show

if TYPE_CHECKING:
    from gatehouse.monitoring.api import IncidentView


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="gatehouse monitor incidents --open --json",
)
@click.option("--open", "is_open", is_flag=True, help="Only those that are not resolved.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def incidents(is_open: bool, as_json: bool) -> int:
    """Show the incidents: open ones by when they began, then the last resolved first, with the mean times of repair.

    Exit code 1: some are open.
    """
    from gatehouse.cli.store import open_store

    with open_store():
        from gatehouse.monitoring.api import REPAIR_DEFINITION, incidents_of
        from gatehouse.platform.actors import Actor

        found = incidents_of(reader=Actor.system("monitor"), is_open=True if is_open else None)
    document = {"incidents": [as_document(each) for each in found], "definition": REPAIR_DEFINITION}
    show(document, "\n".join(map(_line, found)) or "no incidents", as_json=as_json)
    return 1 if any(each.resolved_at is None for each in found) else 0


def as_document(view: IncidentView) -> dict[str, Any]:
    acknowledged = view.acknowledged
    return {
        "number": view.number,
        "cause": view.cause,
        "class": view.asset_class.value,
        "site": view.site,
        "state": view.state.value,
        "began_at": _moment(view.began_at),
        "detected_at": _moment(view.detected_at),
        "acknowledged_at": _moment(acknowledged.at) if acknowledged else None,
        "acknowledged_by": acknowledged.by if acknowledged else None,
        "resolved_at": _moment(view.resolved_at),
        "devices": [
            {"device": each.tag, "since": _moment(each.since), "until": _moment(each.until)} for each in view.devices
        ],
        "steps": [
            {"kind": step.kind.value, "at": _moment(step.at), "by": step.by, "note": step.note} for step in view.steps
        ],
    }


def _line(view: IncidentView) -> str:
    ends = f"resolved {_moment(view.resolved_at)}" if view.resolved_at else "open"
    with_it = f" with {len(view.devices) - 1} more" if len(view.devices) > 1 else ""
    return f"{view.number:>5}  {view.cause}{with_it}, {view.state.value} since {_moment(view.began_at)}, {ends}"


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
