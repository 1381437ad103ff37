"""Unit ISO7816_G: PACE."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from tests.documents import pki_factory as pki
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.inspection import CSCA, Outcome, inspect
from tests.documents.tr_03105.made import (
    BRAINPOOL_P256,
    info,
    mapped,
    number,
    oid,
    opened_by_pace,
    pace,
    sequence,
)

from gatehouse.documents.chip.apdu import Instruction
from gatehouse.documents.chip.simulator import Fault
from gatehouse.documents.chip.simulator.cases import CASES as NAMED
from gatehouse.documents.chip.simulator.faults import (
    Answer,
    at_step,
    flip,
    in_objects,
    refuse,
    retagged,
    to,
    without,
)
from gatehouse.documents.tlv import Tlv, compose

GM, IM = "ECDH-GM-AES-CBC-CMAC-128", "ECDH-IM-AES-CBC-CMAC-128"
DH_GM = "DH-GM-AES-CBC-CMAC-128"
CURVES = (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)
#: The integrated mapping is not defined on secp224r1.
INTEGRATED = tuple(each for each in CURVES if each != 10)
CIPHERS = ("3DES-CBC-CBC", "AES-CBC-CMAC-128", "AES-CBC-CMAC-192", "AES-CBC-CMAC-256")
_DYNAMIC = 0x7C
STEPS = (None, 0x81, 0x83, 0x85)


def way(name: str = GM, parameters: int = BRAINPOOL_P256, *faults: Fault) -> Outcome:
    return inspect(opened_by_pace(pace(name, parameters)), *faults)


def at(step: int, answer: Answer, name: str = GM, parameters: int = BRAINPOOL_P256) -> Outcome:
    """The fault in the answer to that step of GENERAL AUTHENTICATE, from 1 to 4."""
    return way(name, parameters, Fault(at_step(STEPS[step - 1]), answer))


def objects(change: Callable[[Tlv], bytes]) -> Answer:
    return in_objects(change, _DYNAMIC)


def replaced(tag: int, change: Callable[[bytes], bytes]) -> Answer:
    return objects(lambda found: compose(tag, change(bytes(found.value))) if found.tag == tag else bytes(found.raw))


def every(outcomes: Iterable[Outcome]) -> Outcome:
    """The first that differs from success, else the last: all of them have to be successful."""
    last = None
    for last in outcomes:
        if not last.passed:
            return last
    assert last is not None
    return last


def no_success(outcomes: Iterable[Outcome]) -> Outcome:
    """The first success, else the last: all of them have to fail."""
    last = None
    for last in outcomes:
        if last.passed:
            return last
    assert last is not None
    return last


#: A public key of a curve with x, y or its form changed, cut off, and empty.
POINTS: tuple[Callable[[bytes], bytes], ...] = (
    lambda point: flip(point, 1),
    flip,
    lambda point: b"\x02" + point[1:],
    lambda point: b"\x04" + bytes(len(point) - 1),
    lambda point: point[:-1],
    lambda _: b"",
)
#: A public key of a prime field that is none of the group: 0, 1, the prime and above, nothing.
ELEMENTS: tuple[Callable[[bytes], bytes], ...] = (
    lambda _: b"\0",
    lambda _: b"\x01",
    lambda element: b"\xff" * (len(element) + 1),
    lambda _: b"\x02",
    lambda _: b"",
)


def domain_parameters() -> bytes:
    """PACEDomainParameterInfo of standardised parameters (ICAO 9303-11 clause 9.2.2)."""
    algorithm = sequence(oid("0.4.0.127.0.7.1.2"), number(BRAINPOOL_P256))
    return info("0.4.0.127.0.7.2.2.4.2", algorithm)


def chip_data(change: Answer) -> Outcome:
    return inspect(mapped(), Fault(at_step(0x85), change))


CASES: dict[str, Case] = {
    "ISO7816_G_01": passes(way),
    "ISO7816_G_02": passes(lambda: every(way(GM, each) for each in CURVES)),
    "ISO7816_G_03": passes(lambda: every(way(IM, each) for each in INTEGRATED)),
    "ISO7816_G_04": passes(lambda: every(way(f"ECDH-{kind}-{each}") for kind in ("GM", "IM") for each in CIPHERS)),
    "ISO7816_G_05": passes(
        lambda: inspect(opened_by_pace(info("1.3.6.1.4.1.99999.1", number(1)), pace(GM, 13), info("id-TA", number(1))))
    ),
    "ISO7816_G_06": passes(lambda: inspect(opened_by_pace(pace(GM, 12), pace(GM, 15), pace(IM, 13)))),
    "ISO7816_G_07": passes(lambda: inspect(opened_by_pace(pace(GM, 13), pace(IM, 13), domain_parameters()))),
    "ISO7816_G_08": fails(
        lambda: way(GM, 13, Fault(to(Instruction.MANAGE_SECURITY_ENVIRONMENT, 0xC1), refuse(0x6982))), "6982"
    ),
    "ISO7816_G_09": fails(lambda: way(GM, 13, NAMED["pace-nonce"].fault), "does not accept the key"),
    "ISO7816_G_10": fails(lambda: at(1, refuse(0x6985)), "6985"),
    "ISO7816_G_11": fails(lambda: at(1, objects(retagged(0x80, 0x90))), "lacks 80"),
    "ISO7816_G_12": fails(lambda: at(2, refuse(0x6300)), "6300"),
    "ISO7816_G_13": fails(lambda: at(2, objects(retagged(0x82, 0x92))), "lacks 82"),
    "ISO7816_G_14": fails(lambda: at(2, replaced(0x82, lambda _: b"")), "the other side's key is none"),
    "ISO7816_G_16": fails(lambda: no_success(at(2, replaced(0x82, each)) for each in POINTS), "key is none"),
    "ISO7816_G_17": fails(
        lambda: no_success(at(2, replaced(0x82, each), DH_GM, 0) for each in ELEMENTS), "no element of the group"
    ),
    "ISO7816_G_18": fails(lambda: at(3, refuse(0x6300)), "6300"),
    "ISO7816_G_19": fails(lambda: at(3, objects(retagged(0x84, 0x94))), "lacks 84"),
    "ISO7816_G_20": fails(lambda: at(3, replaced(0x84, lambda _: b"")), "the other side's key is none"),
    "ISO7816_G_21": fails(lambda: no_success(at(3, replaced(0x84, each)) for each in POINTS), "key is none"),
    "ISO7816_G_22": fails(
        lambda: no_success(at(3, replaced(0x84, each), DH_GM, 0) for each in ELEMENTS), "no element of the group"
    ),
    "ISO7816_G_23": fails(lambda: way(GM, 13, NAMED["pace-same-key"].fault), "own key back"),
    "ISO7816_G_24": fails(lambda: at(4, refuse(0x6300)), "does not accept the key"),
    "ISO7816_G_25": fails(lambda: at(4, objects(retagged(0x86, 0x96))), "lacks 86"),
    "ISO7816_G_26": fails(lambda: way(GM, 13, NAMED["pace-token"].fault), "the chip's token of PACE is wrong"),
    "ISO7816_G_27": fails(
        lambda: inspect(opened_by_pace(pace(GM, 13), card_access=compose(0x31, pace(GM, 13)[:-1]))), "stopped"
    ),
    "ISO7816_G_28": fails(
        lambda: inspect(opened_by_pace(pace(GM, 13), card_access=compose(0x31, pace(GM, 31)))), "31 are not standard"
    ),
    "ISO7816_G_29": fails(lambda: chip_data(objects(without(0x8A))), "no proof of its key"),
    "ISO7816_G_30": fails(lambda: chip_data(replaced(0x8A, lambda data: compose(0x04, data))), "no proof of its key"),
    "ISO7816_G_31": fails(lambda: chip_data(replaced(0x8A, lambda data: flip(data, 0))), "chip_authentication_mapping"),
    "ISO7816_G_32": fails(lambda: chip_data(objects(retagged(0x8A, 0x8B))), "no proof of its key"),
    "ISO7816_G_33": fails(lambda: chip_data(replaced(0x8A, lambda _: b"")), "no proof of its key"),
    "ISO7816_G_34": fails(
        lambda: inspect(mapped(signer=pki.dsc(pki.csca(common="CSCA Utopia")))), "none issued the signer"
    ),
    "ISO7816_G_35": passes(
        lambda: at(
            4, objects(lambda found: bytes(found.raw) + (compose(0x8A, bytes(16)) if found.tag == 0x86 else b""))
        )
    ),
    "ISO7816_G_36": passes(
        lambda: inspect(
            opened_by_pace(pace("ECDH-GM-3DES-CBC-CBC", 13), info("0.4.0.127.0.7.2.2.4.5.2", number(2), number(0)))
        )
    ),
    "ISO7816_G_39": fails(lambda: inspect(mapped(published=4712)), "does not hold the key of EF.CardSecurity"),
    "ISO7816_G_40": fails(lambda: inspect(mapped(keys=False)), "does not hold the key of EF.CardSecurity"),
    "ISO7816_G_41": passes(lambda: every(inspect(mapped(each)) for each in CURVES)),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_case(case: Case) -> None:
    case.hold()


def test_a_signature_of_the_right_state_is_what_the_mapping_needs() -> None:
    assert inspect(mapped(signer=pki.dsc(CSCA))).passed
