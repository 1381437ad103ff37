"""A desk for tests: officers, passports and inspections in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image

from gatehouse.border.api import Direction, DocumentReading, InspectionView, inspection_open, inspection_view
from gatehouse.border.domain.holders import holder_of
from gatehouse.border.domain.rules import Rules, rules_of
from gatehouse.documents.mrz import compose_mrz, parse_mrz
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.clock import FixedClock
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import Purpose
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.travellers.api import Holder

TW = Profile(SHIPPED / "tw")
UTOPIA = Profile(Path(__file__).resolve().parents[1] / "profiles" / "utopia")
NOBODY = TrustStore(())

INSPECTOR = Actor(
    ActorKind.USER,
    "chen",
    frozenset({"border.inspect", "border.read_crossings"}),
    purposes=frozenset({Purpose.BORDER_CHECK}),
)
SECOND = Actor(
    ActorKind.USER,
    "lin",
    frozenset({"border.inspect", "border.second_line", "border.confirm_refusal", "border.read_crossings"}),
    purposes=INSPECTOR.purposes | {Purpose.SECOND_LINE_CHECK, Purpose.IDENTIFICATION},
)
SUPERVISOR = Actor(
    ActorKind.USER,
    "wu",
    SECOND.permissions | {"border.correct", "watchlist.manage", "figures.read"},
    purposes=SECOND.purposes | {Purpose.QUALITY_CONTROL},
)
NOT_CLEARED = Actor(ActorKind.USER, "gao", frozenset())
LANE = Actor.device("TPE-T1-A01")


def rules() -> Rules:
    return rules_of(TW)


def clock() -> FixedClock:
    """Noon in Taipei on 1 May 2023."""
    return FixedClock(datetime(2023, 5, 1, 4, 0, tzinfo=UTC))


def passport(**changes: Any) -> str:
    """The zone of a passport: a Japanese adult's, valid long enough, where nothing else is said."""
    facts = {
        "document_code": "P",
        "issuer": "JPN",
        "document_number": "TK1234567",
        "surname": "TANAKA",
        "given_names": "HANAKO",
        "nationality": "JPN",
        "birth_date": "1985-03-14",
        "sex": "F",
        "expiry_date": "2030-01-31",
    }
    return compose_mrz("TD3", **{**facts, **changes})


def of_state(state: str, **changes: Any) -> str:
    """The zone of a passport of that state, for one of its nationals."""
    return passport(**{"issuer": state, "nationality": state, "document_number": f"{state}000001", **changes})


def holder(mrz: str) -> Holder:
    return holder_of(parse_mrz(mrz, on=clock().now().date()))


def face() -> bytes:
    """A JPEG of 8 x 10 pixels, all grey."""
    out = BytesIO()
    Image.new("L", (8, 10), 128).save(out, "JPEG")
    return out.getvalue()


def opened(at: FixedClock, mrz: str | None = None, *, live_image: bytes | None = None, **changes: Any) -> UUID:
    """An inspection at Taoyuan, the document read three seconds ago."""
    read_at = at.now() - timedelta(seconds=3)
    reading = DocumentReading(mrz=mrz or passport(), read_at=read_at, live_image=live_image)
    asked: dict[str, Any] = {
        "officer": INSPECTOR,
        "port": "TPE",
        "lane": "T1-E01",
        "direction": Direction.ENTRY,
        "conveyance": "CI 101",
        "reading": reading,
        "trust": NOBODY,
        "profile": TW,
    }
    return inspection_open(clock=at, **{**asked, **changes})


def seen(id: UUID, at: FixedClock, reader: Actor = SECOND) -> InspectionView:
    purpose = Purpose.SECOND_LINE_CHECK if Purpose.SECOND_LINE_CHECK in reader.purposes else Purpose.BORDER_CHECK
    return inspection_view(id, clock=at, reader=reader, purpose=purpose)
