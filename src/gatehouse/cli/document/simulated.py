"""The simulated document that a command names."""

from __future__ import annotations

from pathlib import Path

from gatehouse.documents.pki.states import certificate_code
from gatehouse.kernel.clock import SystemClock
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.config import config
from gatehouse.platform.profile import profile
from gatehouse.simulation.issuing import ChipKind, Fault
from gatehouse.simulation.served import Served, in_folder, made_up, waiting_document
from gatehouse.simulation.waiting import FOLDER

DEFAULT_DOCUMENT = ChipKind.PACE_GM.value


def simulated_document(name: str, fault: Fault | None = None) -> Served:
    """A made-up passport by its kind (pace-gm), one that waits at a demo's desks (entry-0001), or a folder's files.

    Raises `UnreadableError` where there is none of that name.
    """
    today = SystemClock().now().date()
    if name in set(ChipKind):
        return made_up(ChipKind(name), **_state(), on=today, fault=fault)
    if fault is not None:
        raise UnreadableError("only a made-up document can have the fault %(fault)s", fault=fault.value)
    if Path(name).is_dir():
        return in_folder(Path(name), on=today)
    return waiting_document(waiting_line(), name, on=today)


def waiting_line() -> Path:
    """The folder of the documents that wait."""
    return config().state_dir / FOLDER


def _state() -> dict[str, str]:
    state = profile().agency.state
    return {"country2": certificate_code(state) or "UT", "country3": state}
