"""A traveller who does not exist, with a passport of no state, who is cleared and leaves no trace.

That every part answers does not say that a traveller can be cleared. So one is, through the services of a desk: the
chip's signature is verified, the person is looked for, the lists are searched, an officer decides, the crossing is
recorded and found again. Then the transaction is rolled back: no record, no figure and no leaf of the audit tree speaks
of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DatabaseError, transaction

from gatehouse.border.api import (
    DecisionKind,
    Direction,
    DocumentReading,
    InspectionView,
    crossings_of,
    decision_take,
    inspection_open,
    inspection_view,
)
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import GatehouseError, RefusedError
from gatehouse.kernel.results import Result
from gatehouse.platform.actors import Actor
from gatehouse.platform.database import run
from gatehouse.platform.permissions import Purpose
from gatehouse.platform.ports import ports
from gatehouse.platform.trust import trusted
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import IssuedDocument, Issuer

#: ICAO's code for a state that does not exist (Doc 9303-3, section 5), and its two letters in certificates.
STATE, _CERTIFICATES_OF = "UTO", "UT"
_PERSON = 20_260_101
#: What waits longer than this for the database has failed.
_PATIENCE_MS = 10_000
_REASON = "a synthetic transaction, which is rolled back"
#: Of the checks, of which none may fail, those of the chip's signature that have to be there and hold.
_PROVEN = frozenset({"sod_signature", "dsc_chain", "dg_hash"})

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Tried:
    """How far the canary came."""

    #: Milliseconds of each step that was done, in their order.
    steps_ms: dict[str, float] = field(default_factory=dict)
    #: The step that failed, and what it said; None where a traveller can be cleared.
    failed: str | None = None
    cause: str = ""
    #: How many authorities the desks trust: where there are none, no traveller's chip can be authenticated.
    anchors: int = 0

    @property
    def able(self) -> bool:
        return self.failed is None


class WrongAnswerError(GatehouseError):
    """What the house says is not what it should say."""


def clearance_try(*, clock: Clock, port: str) -> Tried:
    """Clear the canary at this port, and undo it. Never raises for what is wrong with the house; it is said.

    Raises `RefusedError` for a port that is none, which is a mistake of who asks.
    """
    if port not in ports():
        raise RefusedError("there is no port %(port)s", port=port)
    steps: dict[str, float] = {}

    doing = "lists"

    def step(name: str, work: Callable[[], Given]) -> Given:
        nonlocal doing
        doing = name
        begun = time.perf_counter()
        done = work()
        steps[name] = round((time.perf_counter() - begun) * 1000, 1)
        return done

    anchors = 0
    try:
        anchors = step("lists", lambda: len(trusted().anchors.certificates))
        document, trust = _document(clock.now().date())
        with transaction.atomic():
            run(f"SET LOCAL statement_timeout = {_PATIENCE_MS:d}")  # a constant of ours
            _clear(step, document, trust, clock=clock, port=port)
            transaction.set_rollback(True)
    except (DatabaseError, GatehouseError, OSError) as error:
        return Tried(steps, doing, " ".join(str(error).split()) or type(error).__name__, anchors)
    return Tried(steps, anchors=anchors)


def _clear(
    step: Callable[[str, Callable[[], Any]], Any],
    document: IssuedDocument,
    trust: TrustStore,
    *,
    clock: Clock,
    port: str,
) -> None:
    officer = replace(Actor.system("canary"), port=port)
    reading = DocumentReading("\n".join(document.mrz_lines), clock.now(), files=document.files)
    opened = step(
        "inspection",
        lambda: inspection_open(
            clock=clock,
            officer=officer,
            port=port,
            lane="CANARY",
            direction=Direction.ENTRY,
            conveyance="CANARY",
            reading=reading,
            trust=trust,
        ),
    )
    view = step("look", lambda: inspection_view(opened, clock=clock, reader=officer, purpose=Purpose.BORDER_CHECK))
    _require_authentic(view)
    step(
        "decision",
        lambda: decision_take(clock=clock, officer=officer, inspection=opened, kind=DecisionKind.ADMIT, reason=_REASON),
    )
    traveller = view.person.traveller
    found = step(
        "crossing",
        lambda: crossings_of(traveller, clock=clock, reader=officer, purpose=Purpose.QUALITY_CONTROL, reason=_REASON),
    )
    if len(found) != 1:
        raise WrongAnswerError("%(count)d crossings were recorded, not 1", count=len(found))


def _require_authentic(view: InspectionView) -> None:
    results = {check.id: check.result for check in view.document.checks}
    wrong = {name for name, result in results.items() if result is Result.FAILED}
    wrong |= {name for name in _PROVEN if results.get(name) is not Result.SUCCESSFUL}
    if wrong:
        raise WrongAnswerError(
            "checks of the canary's document that should hold do not: %(checks)s", checks=", ".join(sorted(wrong))
        )


@lru_cache(maxsize=1)
def _document(on: date) -> tuple[IssuedDocument, TrustStore]:
    """The canary's passport of a day, and the authority that vouches for it, which no desk trusts."""
    issuer = Issuer(_CERTIFICATES_OF, STATE, seed=_PERSON, on=on)
    trust = TrustStore(MasterList.read(issuer.master_list([issuer])).certificates)
    return issuer.personalise(made_up_holder(STATE, _PERSON, on=on, youngest=20), days_left=400), trust
