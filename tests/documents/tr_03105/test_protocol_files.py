"""Units LDS_D, F, I, J and K: the files of the protocols and of fingerprints, rightly signed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.edits import at, edited, gone, lengthened, tagged, valued
from tests.documents.tr_03105.inspection import Outcome, document, inspect
from tests.documents.tr_03105.made import info, mapped, number, pace
from tests.documents.tr_03105.test_active import rsa_key
from tests.documents.tr_03105.test_chip_authentication import AES, ECDH, PRIVATE, offered, published
from tests.documents.tr_03105.test_terminal import CHAIN, chip, laid

from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.tlv import compose
from gatehouse.simulation.fingerprints import fingerprint
from gatehouse.simulation.issuing.data_groups import atr_info, dg3, dg14


def of(name: str, data: bytes) -> Outcome:
    return inspect(document(files={name: data}))


FINGERS = dg3({name: fingerprint(7, name) for name in ("right index", "left index")})
FINGER = (0x63, 0x7F61, 0x7F60)


def finger(data: bytes) -> Outcome:
    return laid(chip(files={"DG3": data}), CHAIN.credentials())


def chip_infos(data: bytes) -> Outcome:
    return inspect(document(files={"DG14": data}, agreement_keys=(AgreementKey(ECDH, PRIVATE),)))


INFOS = dg14(compose(0x31, offered(AES), published(ECDH)))


def active(change: Callable[[bytes], bytes]) -> Outcome:
    data = compose(0x6F, pki.public_info(rsa_key()).dump())
    return inspect(document(files={"DG15": change(data)}, active_key=rsa_key()))


def lengths(content: bytes) -> Outcome:
    return of("ATR/INFO", content)


CASES: dict[str, Case] = {
    "LDS_D_04": fails(lambda: finger(tagged(FINGERS, 0x64)), "dg3_content: the file begins with tag 64 instead of 63"),
    "LDS_D_05": fails(lambda: finger(lengthened(FINGERS, -2)), "dg_hash: changed: DG3"),
    "LDS_D_06": fails(lambda: finger(lengthened(FINGERS, 2)), "file_short: DG3 says it has"),
    "LDS_D_07": fails(lambda: finger(edited(FINGERS, (0x63, 0x7F61, 0x02), gone)), "dg3_content: data object 7F"),
    "LDS_D_15": fails(
        lambda: finger(edited(FINGERS, (*FINGER, 0x5F2E), gone)),
        "dg3_content: a biometric information template holds no record",
    ),
    "LDS_F_01": fails(lambda: chip_infos(tagged(INFOS, 0x6F)), "dg14_content: the file begins with tag 6F"),
    "LDS_F_02": fails(lambda: chip_infos(lengthened(INFOS, -2)), "dg_hash: changed: DG"),
    "LDS_F_03": fails(lambda: chip_infos(lengthened(INFOS, 2)), "file_short: DG"),
    "LDS_F_05": fails(
        lambda: chip_infos(dg14(compose(0x31, compose(0x30, number(1)), published(ECDH)))), "dg14_content: data object"
    ),
    "LDS_I_01": fails(lambda: active(lambda d: tagged(d, 0x70)), "dg15_content: the file begins with tag 70"),
    "LDS_I_02": fails(lambda: active(lambda d: lengthened(d, -2)), "dg_hash: changed: DG"),
    "LDS_I_03": fails(lambda: active(lambda d: lengthened(d, 2)), "file_short: DG"),
    "LDS_J_01": passes(
        lambda: inspect(
            mapped(infos=[pace("ECDH-CAM-AES-CBC-CMAC-128", 13), published(ECDH), info("id-TA", number(1))])
        )
    ),
    "LDS_J_02": fails(lambda: inspect(mapped(infos=[published(ECDH)])), "card_access: EF.CardSecurity does not offer"),
    "LDS_J_03": fails(
        lambda: inspect(mapped(infos=[pace("ECDH-GM-AES-CBC-CMAC-256", 13), published(ECDH)])),
        "card_access: EF.CardSecurity does not offer",
    ),
    "LDS_J_04": fails(
        lambda: inspect(mapped(published=4712)), "chip_authentication_mapping: the chip does not hold the key"
    ),
    "LDS_K_01": passes(lambda: lengths(compose(0x7F66, bytes.fromhex("02020400"), bytes.fromhex("02020400")))),
    "LDS_K_02": passes(lambda: lengths(atr_info(65_535))),
}
#: What the test plan wants refused and this system takes; the table says why.
DIFFERING: dict[str, Case] = {
    "LDS_D_14": passes(lambda: finger(edited(FINGERS, (*FINGER, 0x5F2E), valued(at(0, b"FIX\0"))))),
    "LDS_F_04": passes(
        lambda: chip_infos(dg14(compose(0x31, info("0.4.0.127.0.7.2.2.3.2.9", number(1)), published(ECDH))))
    ),
    "LDS_F_06": passes(lambda: chip_infos(dg14(compose(0x31, info(AES, number(9)), published(ECDH))))),
    "LDS_F_07": passes(lambda: chip_infos(dg14(compose(0x31, info(AES), published(ECDH))))),
    "LDS_K_03": passes(lambda: lengths(compose(0x7F66, bytes.fromhex("02020400")))),
    "LDS_K_04": passes(lambda: lengths(compose(0x7F65, bytes.fromhex("02020400"), bytes.fromhex("02020400")))),
}


@pytest.mark.parametrize("case", [*CASES.values(), *DIFFERING.values()], ids=[*CASES, *DIFFERING])
def test_case(case: Case) -> None:
    case.hold()
