"""Travellers of made-up states who wait at the desk of a test, and the reader that takes them."""

from __future__ import annotations

from collections import deque
from functools import cache

from django.utils import timezone

from gatehouse.border.api import DocumentReading
from gatehouse.device.trusting import Trusted
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Fault, IssuedDocument, Issuer
from gatehouse.simulation.portraits import portrait
from gatehouse.web.clock import CLOCK
from gatehouse.web.shift.session import Shift

STATES = {"TWN": "TW", "JPN": "JP", "UTO": "UT"}
waiting: deque[DocumentReading] = deque()


class Queue:
    """A `gatehouse.web.console.readers.Reader`."""

    def next(self, shift: Shift) -> DocumentReading | None:
        return waiting.popleft() if waiting else None


@cache
def issuer(state: str) -> Issuer:
    return Issuer(STATES[state], state, seed=1, on=timezone.localdate())


@cache
def trusted() -> Trusted:
    issuers = [issuer(state) for state in STATES]
    anchors = TrustStore(MasterList.read(issuers[0].master_list(issuers)).certificates)
    return Trusted(anchors, tuple(Crl.read(each.crl()) for each in issuers))


def passport(state: str, seed: int = 7, fault: Fault | None = None) -> IssuedDocument:
    return issuer(state).personalise(made_up_holder(state, seed, on=timezone.localdate(), youngest=18), fault=fault)


def arrives(state: str, seed: int = 7, fault: Fault | None = None) -> IssuedDocument:
    """Somebody of that state comes to the desk with their passport."""
    document = passport(state, seed, fault)
    live = portrait(document.holder.seed, pose=0.2, light=0.9)
    waiting.append(DocumentReading("\n".join(document.mrz_lines), CLOCK.now(), document.files, live))
    return document
