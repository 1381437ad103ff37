"""The table as a picture (Mermaid) and as rows, for `docs/gates.md`: what is drawn is what runs."""

from __future__ import annotations

from collections.abc import Iterable

from gatehouse.gates.machine.table import FAULTS, NORMAL, Row, Wide
from gatehouse.gates.machine.words import State

BEGINS, ENDS = "<!-- drawn from the table -->", "<!-- end of what is drawn -->"


def drawn() -> str:
    """All of it, as it stands between the two marks of the page."""
    return "\n".join([BEGINS, "", *_picture(), "", *_rows(), "", ENDS])


def _picture() -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in State:
        yield f'    state "{state.value}" as {_id(state)}'
    yield f"    [*] --> {_id(State.CLOSED)}"
    for row in NORMAL:
        yield f"    {_id(row.state)} --> {_id(row.to)}: {row.event.value}{_when(row)}"
    yield "```"


def _rows() -> Iterable[str]:
    yield "| in | after | goes to | and does |"
    yield "|---|---|---|---|"
    each: tuple[Row | Wide, ...] = (*NORMAL, *FAULTS)
    for row in each:
        does = ", ".join(effect.value for effect in row.do) or "–"
        yield f"| {_states(row)} | {row.event.value}{_when(row)} | {row.to.value} | {does} |"


def _states(row: Row | Wide) -> str:
    if isinstance(row, Row):
        return row.state.value
    absent = frozenset(State) - row.states
    if len(absent) < 4:
        return "all but " + ", ".join(sorted(state.value for state in absent))
    return ", ".join(state.value for state in State if state in row.states)


def _when(row: Row | Wide) -> str:
    return f" [{', '.join(condition.value for condition in row.when)}]" if row.when else ""


def _id(state: State) -> str:
    return state.name.lower()
