"""Units ISO7816_A to C: choosing the application, basic access control, reading files."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.inspection import ON, Outcome, document, inspect, issued, issuer

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.cipher import TRIPLE_DES, SessionKeys
from gatehouse.documents.chip.simulator import Fault
from gatehouse.documents.chip.simulator.cases import CASES as NAMED
from gatehouse.documents.chip.simulator.cases import at_end_of_file
from gatehouse.documents.chip.simulator.faults import flip, to
from gatehouse.documents.chip.status import Status
from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.documents.tlv import compose, outermost
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing import Fault as DocumentFault
from gatehouse.simulation.issuing.data_groups import dg2


def faulty(name: str) -> Outcome:
    return inspect(document(), NAMED[name].fault)


def wrong_cryptogram() -> Fault:
    """The chip's answer decrypts to another challenge, under a right checksum."""
    key = issued(ChipKind.BAC).image.mrz
    assert isinstance(key, MrzKey)
    keys = SessionKeys.derive(TRIPLE_DES, key.secret[:16])

    def answer(_command: object, response: ResponseApdu) -> ResponseApdu:
        changed = flip(response.data[:32], 0)
        return replace(response, data=changed + TRIPLE_DES.mac(keys.authentication, changed))

    return Fault(to(Instruction.EXTERNAL_AUTHENTICATE), answer)


def revoked() -> Outcome:
    made = issuer(ChipKind.BAC)
    lost = made.personalise(made_up_holder("UTO", 7, on=ON, youngest=18), fault=DocumentFault.REVOKED_SIGNER)
    trust = TrustStore([Certificate.read(der) for der in made.csca_certificates()])
    return inspect(lost.image, page="\n".join(lost.mrz_lines), trust=trust, crls=[Crl.read(made.crl())])


def large() -> Outcome:
    image = issued(ChipKind.BAC).portrait
    return inspect(document(files={"DG2": dg2(image + bytes(40_000 - len(image)), "F")}))


def without_image() -> Outcome:
    """The face's record without its image, every length of the nest set anew."""
    image = issued(ChipKind.BAC).portrait
    file = outermost(dg2(image, "F"), 0x75)
    template = file.need(0x7F61, 0x7F60)
    record = bytes(template.need(0x5F2E).value)[: -len(image)]
    size, block = len(record).to_bytes(4, "big"), (len(record) - 14).to_bytes(4, "big")
    record = record[:8] + size + record[12:14] + block + record[18:]
    number, header = bytes(file.need(0x7F61, 0x02).raw), bytes(template.need(0xA1).raw)
    empty = compose(0x75, compose(0x7F61, number, compose(0x7F60, header, compose(0x5F2E, record))))
    return inspect(document(files={"DG2": empty}))


CASES: dict[str, Case] = {
    "ISO7816_A_01": passes(lambda: inspect(document(mrz=None))),
    "ISO7816_A_02": passes(lambda: inspect(document())),
    "ISO7816_A_03": fails(lambda: faulty("no-application"), "6A82"),
    "ISO7816_B_01": fails(lambda: faulty("bac-checksum"), "not made with the document's key"),
    "ISO7816_B_02": fails(lambda: inspect(document(), wrong_cryptogram()), "another challenge"),
    "ISO7816_B_03": fails(lambda: faulty("bac-refused"), "does not accept the key"),
    "ISO7816_B_04": fails(lambda: faulty("sm-refused"), "answered without secure messaging: 6988"),
    "ISO7816_B_05": fails(lambda: faulty("sm-no-checksum"), "the checksum is missing"),
    "ISO7816_B_06": fails(lambda: faulty("sm-no-cryptogram"), "the checksum is wrong"),
    "ISO7816_B_07": fails(lambda: faulty("sm-no-status"), "the checksum is wrong"),
    "ISO7816_B_08": fails(lambda: faulty("sm-checksum"), "the checksum is wrong"),
    "ISO7816_B_09": fails(lambda: faulty("sm-cryptogram"), "cannot be decrypted"),
    "ISO7816_B_10": fails(revoked, "revoked on 2026-10-23"),
    "ISO7816_C_01": fails(lambda: faulty("no-file"), "the verdict is undetermined"),
    "ISO7816_C_02": passes(large),
    "ISO7816_C_04": passes(lambda: inspect(document(), at_end_of_file(Status.WRONG_OFFSET))),
    "ISO7816_C_05": passes(lambda: inspect(document(), at_end_of_file(Status.END_OF_FILE, with_data=True))),
    "ISO7816_C_06": passes(lambda: inspect(document(), at_end_of_file(Status.WRONG_EXPECTED_LENGTH))),
    "ISO7816_C_07": passes(large),
    "ISO7816_C_08": fails(without_image, "dg2_content"),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    case.hold()


def test_a_file_beyond_32_kib_is_read_by_the_odd_instruction() -> None:
    seen: list[int] = []

    def watch(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        seen.append(command.ins)
        return response

    image = issued(ChipKind.BAC).portrait
    outcome = inspect(document(files={"DG2": dg2(image + bytes(40_000 - len(image)), "F")}), Fault(answer=watch))
    assert Instruction.READ_BINARY_ODD in seen
    assert len(outcome.reading.files["DG2"]) > 40_000
