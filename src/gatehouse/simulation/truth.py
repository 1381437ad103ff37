"""What was planted and what was found of it: the simulation alone knows both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from gatehouse.border.api import DecisionKind, InspectionView
from gatehouse.device.words import Finding
from gatehouse.kernel.results import Result
from gatehouse.simulation.nation import Irregularity
from gatehouse.simulation.travellers import Traveller

_UNMATCHED = frozenset({Finding.FACE_DIFFERS, Finding.CAPTURED_DIFFERS})
_PASS = frozenset({DecisionKind.ADMIT, DecisionKind.RELEASE})


class Sign(NamedTuple):
    """By what an irregularity is to be found: one of the three, and that the person is not proposed to pass."""

    #: Id of a check that failed.
    failed: str = ""
    #: Kind of a hit.
    hit: str = ""
    #: How a reason of the proposal begins, before its parts are filled in.
    reason: str = ""


SIGNS = {
    Irregularity.FORGED: Sign(failed="dsc_chain"),
    Irregularity.ALTERED_DATA: Sign(failed="dg_hash"),
    Irregularity.ALTERED_FACE: Sign(failed="dg_hash"),
    Irregularity.SWAPPED_CHIP: Sign(failed="dg1_zone"),
    Irregularity.REVOKED: Sign(failed="revocation"),
    Irregularity.EXPIRED: Sign(reason="the document expired on"),
    Irregularity.MISPRINTED: Sign(failed="mrz_check_digits"),
    Irregularity.LOST: Sign(hit="lost_document"),
    Irregularity.BANNED: Sign(hit="entry_ban"),
    Irregularity.EXIT_BANNED: Sign(hit="exit_ban"),
    Irregularity.OVERSTAYED: Sign(reason="%(days)d days over the last permitted day"),
    Irregularity.WITHOUT_PERMIT: Sign(reason="no visa or permit is on record"),
    Irregularity.LOOKED_FOR: Sign(hit="lookout"),
    Irregularity.ALONE: Sign(reason="%(age)d years old, and no adult"),
}


def found_in(view: InspectionView, irregularity: Irregularity) -> bool:
    """Whether this inspection found it, by the sign that is meant to tell, and proposed not to let the person pass."""
    sign = SIGNS[irregularity]
    told = (
        any(check.id == sign.failed and check.result is Result.FAILED for check in view.document.checks)
        or any(hit.kind == sign.hit for hit in view.hits)
        or bool(sign.reason and any(reason.text.startswith(sign.reason) for reason in view.proposal.reasons))
    )
    return told and view.proposal.kind not in _PASS


def _only_unmatched(view: InspectionView) -> bool:
    """Whether nothing but a comparison of faces keeps the person from passing."""
    stopping = [each.finding for each in view.proposal.found if each.kind not in _PASS]
    return bool(stopping) and set(stopping) <= _UNMATCHED


@dataclass
class Truth:
    """The account of one day."""

    planted: Counter[Irregularity] = field(default_factory=Counter)
    found: Counter[Irregularity] = field(default_factory=Counter)
    #: What was planted and not found, and valid travellers who were stopped, in words.
    missed: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    #: Valid travellers whom the engine did not match with their own picture: how often it errs, not that rules do.
    unmatched: int = 0

    def __add__(self, other: Truth) -> Truth:
        return Truth(**{each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)})

    def note(self, traveller: Traveller, view: InspectionView) -> None:
        wrong, name = traveller.irregularity, f"{view.document.issuer} {view.document.number}"
        if wrong is None:
            if view.proposal.kind in _PASS:
                return
            if _only_unmatched(view):
                self.unmatched += 1
            else:
                self.stopped.append(f"{name}: {'; '.join(map(str, view.proposal.reasons))}")
            return
        self.planted[wrong] += 1
        if found_in(view, wrong):
            self.found[wrong] += 1
        else:
            self.missed.append(f"{name}: {wrong.value}, but {view.proposal.kind.value} was proposed")

    @property
    def holds(self) -> bool:
        return not self.missed and not self.stopped
