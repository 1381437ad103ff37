"""Chip authentication, the chip's side (ICAO 9303-11 clause 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gatehouse.documents.chip.cipher import SUITES, CipherSuite, SessionKeys
from gatehouse.documents.chip.errors import ProtocolError
from gatehouse.documents.chip.groups.modp import ModpGroup
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.chip.simulator.refusal import Refusal
from gatehouse.documents.chip.status import Status
from gatehouse.documents.lds.security_infos import NAMES


@dataclass(frozen=True, slots=True)
class Chosen:
    """A static key and the cipher that the session is to have."""

    key: AgreementKey
    suite: CipherSuite

    def agree(self, public: bytes) -> SessionKeys:
        """The session with a terminal's ephemeral key. Raises `Refusal`."""
        try:
            return SessionKeys.derive(self.suite, self.key.group.agree(self.key.private, public))
        except ProtocolError as error:
            raise Refusal(Status.WRONG_DATA) from error


def choose(keys: Sequence[AgreementKey], key_id: int | None, oid: str) -> Chosen:
    """What MSE:Set AT chooses (clause 6.2.4.2). Raises `Refusal` for an unknown protocol or key."""
    name = NAMES.get(oid, "")
    suite = next((each for each in SUITES if name.endswith(each.name)), None)
    key = chosen_key(keys, key_id)
    kind = "id-CA-DH-" if isinstance(key.group, ModpGroup) else "id-CA-ECDH-"
    if suite is None or not name.startswith(kind):
        raise Refusal(Status.WRONG_DATA)
    return Chosen(key, suite)


def chosen_key(keys: Sequence[AgreementKey], key_id: int | None) -> AgreementKey:
    """The key of that number; without one the only key. Raises `Refusal`."""
    found = [key for key in keys if key_id in (None, key.key_id)]
    if len(found) != 1:
        raise Refusal(Status.REFERENCE_NOT_FOUND)
    return found[0]
