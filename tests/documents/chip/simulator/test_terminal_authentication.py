"""Terminal authentication of the chip: chains, dates, trust points, and the files that they open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from tests.documents.chip.cv_certificates.made import TA, Holder, holder
from tests.documents.chip.simulator.terminal import Terminal

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.cv_certificates import CvCertificate, Role, sign
from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.secure_messaging import SecureMessaging
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.tlv import compose

octets = bytes.fromhex

KEY = MrzKey("L898902C", "690806", "940623")
NUMBER = b"L898902C<3"
GROUP, STATIC = standardised_group(13), 4711
FINGERS, IRISES = compose(0x63, b"fingers"), compose(0x76, b"irises")
ON = date(2026, 6, 1)


@dataclass
class Chain:
    """An authority, a verifier and a terminal; what differs is given by name."""

    oid: str = f"{TA}.2.3"
    authority: Holder = field(init=False)
    verifier: Holder = field(init=False)
    terminal: Holder = field(init=False)
    rights: tuple[int, int, int] = (0b11, 0b11, 0b11)
    domestic: bool = True

    def __post_init__(self) -> None:
        first, second, third = self.rights
        role = Role.DOMESTIC_VERIFIER if self.domestic else Role.FOREIGN_VERIFIER
        self.authority = holder("UTCVCA00001", Role.AUTHORITY, oid=self.oid, rights=first)
        self.verifier = holder("UTDV00001", role, by=self.authority, oid=self.oid, rights=second)
        self.terminal = holder("UTIS00001", Role.TERMINAL, by=self.verifier, oid=self.oid, rights=third)


CHAIN = Chain()


def chip(*points: Holder, personalised: date = ON) -> SimulatedChip:
    image = ChipImage(
        {"DG3": FINGERS, "DG4": IRISES},
        KEY,
        agreement_keys=(AgreementKey(GROUP, STATIC),),
        trust_points=tuple(point.certificate for point in points),
        personalised=personalised,
    )
    return SimulatedChip(image)


def agreed(simulated: SimulatedChip) -> Terminal:
    terminal = Terminal(simulated)
    terminal.select_application()
    terminal.open(KEY).need(0x82)  # type: ignore[arg-type]
    terminal.ins(0x22, 0x41, 0xA6, compose(0x91, GROUP.public_key(815))).need(0x22)  # type: ignore[arg-type]
    secret = GROUP.agree(815, GROUP.public_key(STATIC))
    terminal.session = SecureMessaging(SessionKeys.derive(TRIPLE_DES, secret))
    return terminal


def shown(terminal: Terminal, certificate: CvCertificate) -> int:
    """The status of PSO:Verify Certificate, after the issuer's key was chosen."""
    status = terminal.ins(0x22, 0x81, 0xB6, compose(0x83, certificate.authority.encode())).status
    if status != 0x9000:
        return status
    return terminal.ins(0x2A, 0, 0xBE, certificate.body + compose(0x5F37, certificate.signature)).status


def signed(terminal: Terminal, by: Holder, number: bytes = NUMBER) -> int:
    """The status of EXTERNAL AUTHENTICATE."""
    status = terminal.ins(0x22, 0x81, 0xA4, compose(0x83, by.certificate.holder.encode())).status
    if status != 0x9000:
        return status
    challenge = terminal.ins(0x84, 0, 0, expected=8).data
    message = number + challenge + GROUP.compress(GROUP.public_key(815))
    return terminal.ins(0x82, 0, 0, sign(by.key, by.certificate.key.scheme, message)).status


def readable(terminal: Terminal) -> list[str]:
    status = {name: terminal.ins(0xB0, sfi, 0, expected=4).status for name, sfi in (("DG3", 0x83), ("DG4", 0x84))}
    assert set(status.values()) <= {0x9000, 0x6982}
    return [name for name, word in status.items() if word == 0x9000]


def authenticated(chain: Chain) -> Terminal:
    terminal = agreed(chip(chain.authority))
    assert shown(terminal, chain.verifier.certificate) == 0x9000
    assert shown(terminal, chain.terminal.certificate) == 0x9000
    assert signed(terminal, chain.terminal) == 0x9000
    return terminal


@pytest.mark.parametrize("oid", [f"{TA}.2.1", f"{TA}.2.3", f"{TA}.2.5", f"{TA}.1.2", f"{TA}.1.4", f"{TA}.1.6"])
def test_a_chain_opens_fingerprints_and_irises(oid: str) -> None:
    assert readable(authenticated(Chain(oid))) == ["DG3", "DG4"]


def test_without_it_they_stay_closed() -> None:
    assert readable(agreed(chip(CHAIN.authority))) == []


@pytest.mark.parametrize(
    ("rights", "opened"),
    [((3, 3, 1), ["DG3"]), ((3, 2, 3), ["DG4"]), ((1, 3, 2), []), ((3, 0, 3), [])],
)
def test_every_certificate_of_the_chain_limits_what_is_opened(rights: tuple[int, int, int], opened: list[str]) -> None:
    assert readable(authenticated(Chain(rights=rights))) == opened


def test_the_chip_says_whom_it_trusts() -> None:
    terminal = agreed(chip(CHAIN.authority))
    content = terminal.ins(0xB0, 0x9C, 0, expected=36).data
    assert content == octets("420B") + b"UTCVCA00001" + bytes(23)


def test_a_chip_that_trusts_nobody_has_no_such_file() -> None:
    assert agreed(chip()).ins(0xB0, 0x9C, 0, expected=36).status == 0x6A82


def test_a_link_certificate_makes_a_new_trust_point_for_good() -> None:
    simulated = chip(CHAIN.authority)
    newer = holder("UTCVCA00002", Role.AUTHORITY, by=CHAIN.authority, effective=date(2026, 9, 1))
    verifier = holder("UTDV00002", Role.DOMESTIC_VERIFIER, by=newer)
    terminal = agreed(simulated)
    assert shown(terminal, verifier.certificate) == 0x6A88
    assert shown(terminal, newer.certificate) == 0x9000
    simulated.reset()
    terminal = agreed(simulated)
    assert shown(terminal, verifier.certificate) == 0x9000
    assert terminal.ins(0xB0, 0x9C, 0, expected=36).data[:13] == octets("420B") + b"UTCVCA00002"


def test_the_date_moves_on_with_what_is_shown() -> None:
    simulated = chip(CHAIN.authority)
    later = holder("UTDV00003", Role.DOMESTIC_VERIFIER, by=CHAIN.authority, effective=date(2026, 10, 1))
    expired = holder("UTDV00004", Role.DOMESTIC_VERIFIER, by=CHAIN.authority, expires=date(2026, 9, 30))
    terminal = agreed(simulated)
    assert shown(terminal, expired.certificate) == 0x9000
    assert shown(terminal, later.certificate) == 0x9000
    assert shown(terminal, expired.certificate) == 0x6300


def test_a_foreign_verifiers_terminal_does_not_move_the_date() -> None:
    chain = Chain(domestic=False)
    later = holder("UTIS00003", Role.TERMINAL, by=chain.verifier, effective=date(2026, 10, 1))
    expired = holder("UTIS00004", Role.TERMINAL, by=chain.verifier, expires=date(2026, 9, 30))
    terminal = agreed(chip(chain.authority))
    shown(terminal, chain.verifier.certificate)
    assert shown(terminal, later.certificate) == 0x9000
    assert shown(terminal, expired.certificate) == 0x9000


def test_an_expired_trust_point_verifies_its_successor_alone() -> None:
    terminal = agreed(chip(CHAIN.authority, personalised=date(2027, 1, 1)))
    newer = holder("UTCVCA00002", Role.AUTHORITY, by=CHAIN.authority)
    lasting = holder("UTDV00005", Role.DOMESTIC_VERIFIER, by=CHAIN.authority, expires=date(2028, 1, 1))
    assert shown(terminal, lasting.certificate) == 0x6300
    assert shown(terminal, newer.certificate) == 0x9000


def test_a_wrong_signature_is_refused() -> None:
    forged = holder("UTDV00001", Role.DOMESTIC_VERIFIER, by=CHAIN.authority, signer=CHAIN.terminal.key)
    terminal = agreed(chip(CHAIN.authority))
    assert shown(terminal, forged.certificate) == 0x6300
    assert shown(terminal, CHAIN.terminal.certificate) == 0x6A88
    assert terminal.ins(0x2A, 0, 0xBE, b"\x7f\x4e\x00").status == 0x6985  # no issuer is chosen any more
    terminal.ins(0x22, 0x81, 0xB6, compose(0x83, b"UTCVCA00001"))
    assert terminal.ins(0x2A, 0, 0xBE, b"\x7f\x4e\x00").status == 0x6A80


@pytest.mark.parametrize(("by", "number"), [(CHAIN.terminal, b"L898902C<4"), (CHAIN.verifier, NUMBER)])
def test_a_signature_over_something_else_opens_nothing(by: Holder, number: bytes) -> None:
    terminal = agreed(chip(CHAIN.authority))
    shown(terminal, CHAIN.verifier.certificate)
    shown(terminal, CHAIN.terminal.certificate)
    assert signed(terminal, by, number) == (0x6300 if by is CHAIN.terminal else 0x6A88)
    assert readable(terminal) == []


def test_it_is_done_once_in_a_session() -> None:
    terminal = authenticated(CHAIN)
    assert signed(terminal, CHAIN.terminal) == 0x6985
    assert readable(terminal) == ["DG3", "DG4"]


def test_it_asks_for_chip_authentication_first() -> None:
    terminal = Terminal(chip(CHAIN.authority))
    terminal.select_application()
    terminal.open(KEY)
    assert shown(terminal, CHAIN.verifier.certificate) == 0x6982
    assert terminal.ins(0x2A, 0, 0xBE, b"").status == 0x6982


def test_a_new_session_begins_without_rights() -> None:
    terminal = authenticated(CHAIN)
    terminal.ins(0x22, 0x41, 0xA6, compose(0x91, GROUP.public_key(816)))
    secret = GROUP.agree(816, GROUP.public_key(STATIC))
    terminal.session = SecureMessaging(SessionKeys.derive(TRIPLE_DES, secret))
    assert readable(terminal) == []
