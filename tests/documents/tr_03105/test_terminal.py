"""Units ISO7816_E and LDS_G: terminal authentication."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from tests.documents.chip.cv_certificates.made import TA, Holder, holder
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.inspection import FILES, Outcome, document, inspect
from tests.documents.tr_03105.made import info, number
from tests.documents.tr_03105.test_chip_authentication import AES, DH_2048, DH_CIPHER, ECDH, PRIVATE, offered, published
from tests.documents.tr_03105.test_pace import every

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.cv_certificates import CvCertificate, Role
from gatehouse.documents.chip.reading import ReadingPolicy
from gatehouse.documents.chip.simulator import ChipImage, Fault
from gatehouse.documents.chip.simulator.faults import flip, refuse
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials
from gatehouse.documents.tlv import compose
from gatehouse.kernel.results import Reason, Result
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.data_groups import dg14

IRISES = compose(0x76, compose(0x7F61, number(0)))


@dataclass
class Chain:
    """An authority, a verifier and a terminal, and what the chip knows of them."""

    oid: str = f"{TA}.2.3"
    named: str = "DETESTCVCA00001"
    rights: int = 0b11
    authority: Holder = field(init=False)
    verifier: Holder = field(init=False)
    terminal: Holder = field(init=False)

    def __post_init__(self) -> None:
        self.authority = holder(self.named, Role.AUTHORITY, oid=self.oid)
        self.verifier = holder(
            "DETESTDVDE00001", Role.DOMESTIC_VERIFIER, by=self.authority, oid=self.oid, rights=self.rights
        )
        self.terminal = holder("DETESTISDE00001", Role.TERMINAL, by=self.verifier, oid=self.oid)

    def credentials(self, *more: CvCertificate) -> TerminalCredentials:
        return TerminalCredentials((*more, self.verifier.certificate, self.terminal.certificate), self.terminal.key)


CHAIN = Chain()


def chip(
    *points: CvCertificate, files: dict[str, bytes] | None = None, without: tuple[str, ...] = (), **image: Any
) -> ChipImage:
    """A document with fingerprints and irises, opened by BAC."""
    infos = compose(0x31, offered(AES), published(ECDH), info("id-TA", number(1)))
    given = {"DG4": IRISES, "DG14": dg14(infos), **(files or {})}
    options: dict[str, Any] = {
        "personalised": date(2026, 6, 1),
        "agreement_keys": (AgreementKey(ECDH, PRIVATE),),
        **image,
    }
    made = document(ChipKind.EAC, files=given, without=("CardAccess", *without), **options)
    return replace(made, trust_points=points or (CHAIN.authority.certificate,))


def laid(
    image: ChipImage, credentials: TerminalCredentials | None, *faults: Fault, wanted: tuple[str, ...] = ("DG3", "DG4")
) -> Outcome:
    """With this terminal's certificates; what was wanted and not given counts against it, unless it is not allowed."""
    files = (*FILES, "DG3", "DG4")
    outcome = inspect(image, *faults, policy=ReadingPolicy(files=files, terminal=credentials, every_proof=True))
    check = outcome.reading.check("terminal_authentication")
    missing = [name for name in wanted if name not in outcome.reading.files]
    if check.result is not Result.SUCCESSFUL or missing:
        reason = Reason("%(why)s; missing: %(files)s", why=check.reason, files=", ".join(missing))
        failed = replace(check, result=Result.FAILED, reason=reason)
        checks = tuple(each for each in outcome.verdict.checks if each.id != check.id)
        return replace(outcome, verdict=replace(outcome.verdict, checks=(*checks, failed)))
    return outcome


def by_algorithm(number_: str) -> Outcome:
    chain = Chain(f"{TA}.{number_}")
    return laid(chip(chain.authority.certificate), chain.credentials())


def limited(rights: int, wanted: tuple[str, ...]) -> Outcome:
    chain = Chain(rights=rights)
    outcome = laid(chip(chain.authority.certificate), chain.credentials(), wanted=wanted)
    assert {name for name in ("DG3", "DG4") if name in outcome.reading.files} == set(wanted)
    return replace(outcome, reading=replace(outcome.reading, events=()))  # that a file is protected is the point


def broken(certificate: CvCertificate) -> CvCertificate:
    return replace(certificate, signature=flip(certificate.signature))


def with_certificates(verifier: CvCertificate, terminal: CvCertificate) -> Outcome:
    return laid(chip(), TerminalCredentials((verifier, terminal), CHAIN.terminal.key))


def in_session(answer: Fault) -> Outcome:
    return laid(chip(), CHAIN.credentials(), answer)


def challenge(size: int) -> Fault:
    def answer(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        return replace(response, data=(response.data * 2)[:size])

    return Fault(lambda command: command.ins == Instruction.GET_CHALLENGE, answer, after=1)


def cvca(*names: str, tag: int = 0x42) -> dict[str, bytes]:
    return {"CVCA": b"".join(compose(tag, name.encode()) for name in names).ljust(36, b"\0")}


def three_names() -> Outcome:
    chain = Chain(named="DECV00001")
    files = cvca("DECV00001", "DECV00002", "DECV00003")
    return laid(chip(chain.authority.certificate, files=files), chain.credentials())


def updated(links: int, held: int = 1) -> Outcome:
    """The chip trusts the first of a line of authorities, or the one after `held - 1` links."""
    line = [holder("DETESTCVCA00001", Role.AUTHORITY)]
    for sequence in range(links):
        line.append(holder(f"DETESTCVCA0001{sequence}", Role.AUTHORITY, by=line[-1]))
    verifier = holder("DETESTDVDE00002", Role.DOMESTIC_VERIFIER, by=line[-1])
    terminal = holder("DETESTISDE00002", Role.TERMINAL, by=verifier)
    shown = (*(each.certificate for each in line[1:]), verifier.certificate, terminal.certificate)
    return laid(chip(line[held - 1].certificate), TerminalCredentials(shown, terminal.key))


def without_file(name: str, rights: int) -> Outcome:
    chain = Chain(rights=rights)
    wanted = tuple(each for each in ("DG3", "DG4") if each != name)
    return laid(chip(chain.authority.certificate, without=(name,)), chain.credentials(), wanted=wanted)


def mixed() -> Outcome:
    """Chip authentication in a prime field of 2048 bits, terminal authentication by RSA."""
    chain = Chain(f"{TA}.1.2")
    infos = compose(0x31, offered(DH_CIPHER), published(DH_2048), info("id-TA", number(1)))
    image = chip(
        chain.authority.certificate, files={"DG14": dg14(infos)}, agreement_keys=(AgreementKey(DH_2048, PRIVATE),)
    )
    return laid(image, chain.credentials())


def opened_by_pace() -> Outcome:
    image = replace(
        document(ChipKind.EAC, files={"DG4": IRISES}, basic_access=False, personalised=date(2026, 6, 1)),
        trust_points=(CHAIN.authority.certificate,),
    )
    return laid(image, CHAIN.credentials())


CASES: dict[str, Case] = {
    "ISO7816_E_01": passes(lambda: by_algorithm("1.1")),
    "ISO7816_E_02": passes(lambda: by_algorithm("1.2")),
    "ISO7816_E_03": passes(lambda: by_algorithm("1.3")),
    "ISO7816_E_04": passes(lambda: by_algorithm("1.4")),
    "ISO7816_E_05": passes(lambda: by_algorithm("2.1")),
    "ISO7816_E_06": passes(lambda: by_algorithm("2.2")),
    "ISO7816_E_07": passes(lambda: by_algorithm("2.3")),
    "ISO7816_E_08": fails(lambda: laid(chip(files=cvca("DETESTCVCA00002")), CHAIN.credentials()), "leads to DETEST"),
    "ISO7816_E_09": fails(lambda: laid(chip(files={"CVCA": b"\x42" + bytes(35)}), CHAIN.credentials()), "leads to"),
    "ISO7816_E_10": passes(three_names),
    "ISO7816_E_11": fails(
        lambda: in_session(
            Fault(lambda command: command.ins == Instruction.EXTERNAL_AUTHENTICATE, refuse(0x6300), after=1)
        ),
        "6300",
    ),
    "ISO7816_E_12": fails(lambda: in_session(challenge(7)), "terminal_authentication"),
    "ISO7816_E_13": fails(lambda: in_session(challenge(9)), "terminal_authentication"),
    "ISO7816_E_14": passes(lambda: limited(0b10, ("DG4",))),
    "ISO7816_E_15": passes(lambda: limited(0b01, ("DG3",))),
    "ISO7816_E_16": passes(lambda: limited(0b00, ())),
    "ISO7816_E_17": fails(
        lambda: with_certificates(broken(CHAIN.verifier.certificate), CHAIN.terminal.certificate), "6300"
    ),
    "ISO7816_E_18": fails(
        lambda: with_certificates(CHAIN.verifier.certificate, broken(CHAIN.terminal.certificate)), "6300"
    ),
    "ISO7816_E_19": fails(lambda: laid(chip(personalised=date(2027, 1, 15)), CHAIN.credentials()), "6300"),
    "ISO7816_E_24": fails(lambda: laid(chip(), Chain().credentials()), "terminal_authentication"),
    "ISO7816_E_26": passes(lambda: laid(chip(), CHAIN.credentials())),
    "ISO7816_E_27": passes(mixed),
    "ISO7816_E_29": passes(lambda: without_file("DG4", 0b01)),
    "ISO7816_E_30": passes(lambda: without_file("DG3", 0b10)),
    "ISO7816_E_31": passes(opened_by_pace),
    "ISO7816_E_32": passes(lambda: updated(1)),
    "ISO7816_E_33": passes(lambda: updated(2)),
    "ISO7816_E_34": passes(lambda: updated(1, held=2)),
    "ISO7816_E_35": passes(lambda: by_algorithm("1.5")),
    "ISO7816_E_36": passes(lambda: by_algorithm("1.6")),
    "ISO7816_E_37": passes(lambda: by_algorithm("2.4")),
    "ISO7816_E_38": passes(lambda: by_algorithm("2.5")),
    "LDS_G_01": fails(lambda: laid(chip(files=cvca("DETESTCVCA00001", tag=0x43)), CHAIN.credentials()), "leads to"),
    "LDS_G_02": fails(lambda: laid(chip(files={"CVCA": bytes(36)}), CHAIN.credentials()), "leads to"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    case.hold()


def test_each_way_of_the_chips_trust_is_found() -> None:
    assert every(updated(links, held) for links, held in ((1, 1), (2, 2), (2, 3))).passed
