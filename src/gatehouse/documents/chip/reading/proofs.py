"""What a chip proves of itself, and the terminal to it: one check each, which never says more than was seen."""

from __future__ import annotations

from collections.abc import Sequence

from gatehouse.documents.chip.access import AccessKey, MrzKey
from gatehouse.documents.chip.active_authentication import authenticate_actively
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.chip_authentication import Agreed
from gatehouse.documents.chip.errors import (
    AuthenticationError,
    ChipError,
    ProtocolError,
    StatusError,
    UnsupportedProtocolError,
)
from gatehouse.documents.chip.groups import StaticKey
from gatehouse.documents.chip.pace import Mapping, PaceSession
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials, authenticate_terminal
from gatehouse.documents.lds.card_security import read as read_card_security
from gatehouse.documents.lds.public_keys import ChipKey
from gatehouse.documents.lds.security_infos import SecurityInfos
from gatehouse.documents.pki.chains import issuer_among
from gatehouse.documents.pki.keys import UnsupportedKeyError
from gatehouse.documents.pki.signed_data import SignedData
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.proof import may_sign
from gatehouse.documents.tlv import walk
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

ACCESS, CARD_ACCESS = "chip_access", "card_access"
ACTIVE, CHIP, MAPPING = "active_authentication", "chip_authentication", "chip_authentication_mapping"
TERMINAL = "terminal_authentication"
_ACTIVE_AUTHENTICATION = "id-icao-mrtd-security-aaProtocolObject"
#: All that a reading makes, in the order they are shown.
CHECKS = (ACCESS, CARD_ACCESS, MAPPING, CHIP, ACTIVE, TERMINAL)


def active_authentication(channel: Channel, key: ChipKey, infos: SecurityInfos | None) -> Check:
    """With the key of EF.DG15. Raises where the way to the chip or the session broke."""
    found = infos.named(_ACTIVE_AUTHENTICATION) if infos else ()
    algorithm = found[0].signature_algorithm if found else None
    try:
        hash_name = authenticate_actively(channel, key, algorithm=algorithm)
    except (UnsupportedProtocolError, UnreadableError) as error:
        return Check(ACTIVE, Result.NOT_SUPPORTED, error.reason)
    except (AuthenticationError, StatusError, ProtocolError) as error:
        return Check(ACTIVE, Result.FAILED, error.reason)
    parts = {"kind": key.kind, "bits": key.bits or 0, "hash": hash_name}
    return Check(ACTIVE, Result.SUCCESSFUL, Reason("signed with %(kind)s of %(bits)d bits and %(hash)s", **parts))


def mapping(session: PaceSession | None, card_security: bytes | None, trust: TrustStore | None) -> Check:
    """Whether the chip holds the key of EF.CardSecurity, and a state signed that key."""
    if session is None or session.parameters.mapping is not Mapping.CHIP_AUTHENTICATION:
        return Check(MAPPING, Result.NOT_SUPPORTED, Reason("PACE was made without chip authentication mapping"))
    proof = session.mapping_proof
    if proof is None:
        return Check(MAPPING, Result.FAILED, Reason("the chip sent no proof of its key that can be read"))
    if card_security is None:
        reason = Reason("EF.CardSecurity, which holds the key to compare with, was not read")
        return Check(MAPPING, Result.UNDETERMINED, reason)
    try:
        security = read_card_security(card_security)
        keys = [info.key.der for info in security.content.named("id-PK-ECDH") if info.key is not None]
        made = any(proof.is_made_with(StaticKey.read(der)) for der in keys)
    except (UnreadableError, ChipError) as error:
        return Check(MAPPING, Result.FAILED, error.reason)
    if not made:
        return Check(MAPPING, Result.FAILED, Reason("the chip does not hold the key of EF.CardSecurity"))
    return Check(MAPPING, *_signed(security.signed, trust))


def _signed(signed: SignedData, trust: TrustStore | None) -> tuple[Result, Reason]:
    """Of EF.CardSecurity, whose key the chip is known to hold: without a state's signature that says nothing."""
    if trust is None:
        return Result.UNDETERMINED, Reason("the chip holds the key of EF.CardSecurity; who signed it was not checked")
    named = False
    for signer in signed.signers:
        for certificate in signed.certificates_of(signer):
            result, reason = signed.verify(signer, certificate)
            if result is not Result.SUCCESSFUL:
                return result, reason
            if not may_sign(certificate):
                break
            candidates = (*trust.named(certificate), *trust.with_key_id(certificate))
            named = named or bool(candidates)
            try:
                csca = issuer_among(certificate, candidates)
            except UnsupportedKeyError as error:
                return Result.NOT_SUPPORTED, error.reason
            if csca is not None:
                return Result.SUCCESSFUL, Reason(
                    "the chip holds the key of EF.CardSecurity, signed by %(signer)s of the CSCA %(csca)s",
                    signer=certificate.subject.text,
                    csca=csca.subject.text,
                )
    if named:
        return Result.FAILED, Reason("of the trusted CSCAs none issued the signer of EF.CardSecurity")
    return Result.UNDETERMINED, Reason("no CSCA of the signer of EF.CardSecurity is trusted")


def card_access(
    offered: SecurityInfos | None, signed: SecurityInfos | None, secured: SecurityInfos | None = None
) -> Check:
    """Whether EF.CardAccess, which anybody could have changed, offers what EF.DG14 says (ICAO 9303-11 clause 9.2).

    `secured` is what EF.CardSecurity says, where the chip authentication mapping made it be read: the same, signed too.
    """
    if secured is not None and _paces(offered) != _paces(secured):
        return Check(CARD_ACCESS, Result.FAILED, Reason("EF.CardSecurity does not offer what EF.CardAccess does"))
    if signed is None:
        reason = Reason("EF.DG14, which would repeat EF.CardAccess signed, was not read")
        return Check(CARD_ACCESS, Result.NOT_SUPPORTED, reason)
    before, after = _paces(offered), _paces(signed)
    missing = ", ".join(sorted(name for name, _ in after - before))
    if missing:
        reason = Reason("EF.DG14 offers %(missing)s, which EF.CardAccess hides", missing=missing)
        return Check(CARD_ACCESS, Result.FAILED, reason)
    if before - after:
        reason = Reason("EF.DG14 does not repeat what EF.CardAccess offers")
        return Check(CARD_ACCESS, Result.UNDETERMINED, reason)
    if not after:
        return Check(CARD_ACCESS, Result.NOT_SUPPORTED, Reason("neither EF.CardAccess nor EF.DG14 offers PACE"))
    return Check(CARD_ACCESS, Result.SUCCESSFUL, Reason("EF.CardAccess offers what EF.DG14 says"))


def _paces(infos: SecurityInfos | None) -> set[tuple[str, int | None]]:
    found = infos.named("id-PACE-") if infos else ()
    return {(info.name or info.oid, info.parameter_id) for info in found if info.version is not None}


def terminal_authentication(
    channel: Channel,
    credentials: TerminalCredentials | None,
    *,
    key: AccessKey | None,
    session: PaceSession | None,
    agreed: Agreed | None,
    authorities: Sequence[str],
) -> Check:
    """With the certificates of this terminal. It says nothing about the document. Raises as `active_authentication`."""
    if credentials is None:
        reason = Reason("this terminal holds no certificates to show to a chip")
        return Check(TERMINAL, Result.UNDETERMINED, reason)
    bound = _bound_key(session, agreed)
    name = _chip_name(key, session)
    if bound is None or name is None:
        reason = Reason("the chip has agreed on no key that terminal authentication could be bound to")
        return Check(TERMINAL, Result.UNDETERMINED, reason)
    try:
        accepted = authenticate_terminal(channel, credentials, authorities=authorities, chip=name, terminal_key=bound)
    except UnsupportedProtocolError as error:
        return Check(TERMINAL, Result.UNDETERMINED, error.reason)
    except (StatusError, ProtocolError) as error:
        return Check(TERMINAL, Result.FAILED, error.reason)
    return Check(TERMINAL, Result.SUCCESSFUL, Reason("the chip accepts %(holder)s", holder=accepted.holder))


def _bound_key(session: PaceSession | None, agreed: Agreed | None) -> bytes | None:
    """The newest ephemeral key of this terminal, compressed."""
    if agreed is not None:
        return agreed.group.compress(agreed.terminal_key)
    if session is not None and session.mapping_proof is not None:
        return session.parameters.group.compress(session.terminal_key)
    return None


def _chip_name(key: AccessKey | None, session: PaceSession | None) -> bytes | None:
    if session is not None:
        return session.parameters.group.compress(session.chip_key)
    return key.checked_number if isinstance(key, MrzKey) else None


def authorities_of(ef_cvca: bytes) -> tuple[str, ...]:
    """The references in EF.CVCA, most recent first: data objects 42, then zeros (BSI TR-03110-1 annex A.2)."""
    try:
        return tuple(bytes(each.value).decode("latin-1") for each in walk(ef_cvca) if each.tag == 0x42)
    except UnreadableError:
        return ()
