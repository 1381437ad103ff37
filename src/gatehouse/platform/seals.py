"""The policy of seals of a profile."""

from __future__ import annotations

from datetime import date

from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.documents.seals.policy import SealPolicy
from gatehouse.platform.profile import Profile, Row

_FILE = "seals.yaml"


class _Accepted(Row):
    seal: str
    source: str


class _Purpose(Row):
    purpose: str
    source: str


class _Policy(Row):
    version: date
    accepted: tuple[_Accepted, ...]
    purposes: tuple[_Purpose, ...]
    weak_refused: bool


def seal_policy(profile: Profile) -> SealPolicy:
    """What the profile accepts. Raises `UnreadableError` as `Profile.read` does."""
    found = profile.read(_FILE, _Policy)
    return SealPolicy(
        accepted=frozenset(each.seal for each in found.accepted),
        purposes=frozenset(each.purpose for each in found.purposes),
        weak_refused=found.weak_refused,
        version=Source.of(Kind.SEAL_POLICY, _FILE, found.version, (profile.folder / _FILE).read_bytes()),
    )
