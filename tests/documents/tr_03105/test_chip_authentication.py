"""Unit ISO7816_D: chip authentication."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.documents.tr_03105.cases import Case, fails, passes
from tests.documents.tr_03105.inspection import Outcome, document, inspect
from tests.documents.tr_03105.made import info, number, oid, sequence
from tests.documents.tr_03105.test_pace import no_success

from gatehouse.documents.chip.apdu import CommandApdu, Instruction, ResponseApdu
from gatehouse.documents.chip.groups import Group, standardised_group
from gatehouse.documents.chip.simulator import Fault
from gatehouse.documents.chip.simulator.faults import at_step, flip, refuse, to
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.tlv import compose
from gatehouse.kernel.results import Result
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.issuing.data_groups import dg14

ECDH, DH, DH_2048 = standardised_group(13), standardised_group(0), standardised_group(1)
ECDH_CIPHER, DH_CIPHER = "id-CA-ECDH-3DES-CBC-CBC", "id-CA-DH-AES-CBC-CMAC-128"
AES = "id-CA-ECDH-AES-CBC-CMAC-128"
_PARAMETERS = {ECDH.name: 13, DH.name: 0, DH_2048.name: 1}
PRIVATE = 4711


def published(group: Group, *, key_id: int | None = None, public: bytes | None = None, under: str = "") -> bytes:
    """ChipAuthenticationPublicKeyInfo; `public` in the place of the right key."""
    value = group.public_key(PRIVATE) if public is None else public
    bits = value if group is ECDH else number(int.from_bytes(value, "big"))
    algorithm = sequence(oid("0.4.0.127.0.7.1.2"), number(_PARAMETERS[group.name]))
    key = sequence(algorithm, compose(0x03, b"\0", bits))
    protocol = under or ("id-PK-ECDH" if group is ECDH else "id-PK-DH")
    return info(protocol, key, *([] if key_id is None else [number(key_id)]))


def offered(cipher: str, key_id: int | None = None) -> bytes:
    return info(cipher, number(1), *([] if key_id is None else [number(key_id)]))


def made(infos: Sequence[bytes], keys: Sequence[AgreementKey], *faults: Fault) -> Outcome:
    """A document that BAC opens and that these security infos are signed of."""
    image = document(ChipKind.BAC, files={"DG14": dg14(compose(0x31, *infos))}, agreement_keys=tuple(keys))
    return inspect(image, *faults)


def simple(group: Group, cipher: str, *faults: Fault, public: bytes | None = None, under: str = "") -> Outcome:
    infos = (offered(cipher), published(group, public=public, under=under))
    return made(infos, [AgreementKey(group, PRIVATE)], *faults)


def keyed(*key_ids: int, held: Sequence[int] | None = None) -> Outcome:
    infos = [each for key_id in key_ids for each in (offered(AES, key_id), published(ECDH, key_id=key_id))]
    return made(infos, [AgreementKey(ECDH, PRIVATE, key_id) for key_id in held or key_ids])


def old_keys() -> Outcome:
    """The chip agrees, and goes on with the keys of basic access control."""
    return simple(ECDH, AES, Fault(at_step(0x80), keeps_session=True))


def ephemeral_keys() -> tuple[Outcome, list[bytes]]:
    seen: list[bytes] = []

    def watch(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        seen.append(command.data)
        return response

    fault = Fault(at_step(0x80), watch)
    simple(ECDH, AES, fault)
    return simple(ECDH, AES, fault), seen


CASES: dict[str, Case] = {
    "ISO7816_D_01": passes(lambda: simple(DH, DH_CIPHER)),
    "ISO7816_D_02": passes(lambda: simple(ECDH, ECDH_CIPHER)),
    "ISO7816_D_03": passes(lambda: keyed(1)),
    "ISO7816_D_04": passes(lambda: keyed(1, 2)),
    "ISO7816_D_05": passes(lambda: keyed(1, 2, 3)),
    "ISO7816_D_06": fails(lambda: keyed(1, 2, held=(3, 4)), "6A88"),
    "ISO7816_D_07": fails(
        lambda: simple(DH, DH_CIPHER, public=flip(DH.public_key(PRIVATE))), "no element of the group"
    ),
    "ISO7816_D_08": fails(lambda: simple(ECDH, AES, public=flip(ECDH.public_key(PRIVATE))), "key is none"),
    "ISO7816_D_09": fails(old_keys, "the chip does not hold the key of EF.DG14"),
    "ISO7816_D_10": passes(lambda: ephemeral_keys()[0]),
    "ISO7816_D_14": passes(lambda: simple(DH_2048, DH_CIPHER)),
    "ISO7816_D_15": fails(
        lambda: no_success(
            simple(ECDH, AES, Fault(to(Instruction.MANAGE_SECURITY_ENVIRONMENT, 0x41), refuse(status)))
            for status in (0x6300, 0x6982, 0x6985, 0x6A80, 0x6A88)
        ),
        "6A88",
    ),
}
#: EF.DG14 is signed, so the mistake is the state's own: chip authentication is not supported then, and fails nothing.
DIFFERING: dict[str, Case] = {
    "ISO7816_D_11": passes(lambda: simple(DH, DH_CIPHER, under="0.4.0.127.0.7.2.2.1.9")),
    "ISO7816_D_12": passes(lambda: simple(ECDH, AES, under="0.4.0.127.0.7.2.2.1.9")),
    "ISO7816_D_13": passes(
        lambda: made((offered(AES, 2), published(ECDH, key_id=1)), [AgreementKey(ECDH, PRIVATE, 1)])
    ),
}


@pytest.mark.parametrize("case", [*CASES.values(), *DIFFERING.values()], ids=[*CASES, *DIFFERING])
def test_case(case: Case) -> None:
    case.hold()


def test_each_reading_has_an_ephemeral_key_of_its_own() -> None:
    _, seen = ephemeral_keys()
    assert len(set(seen)) == len(seen) == 2


def test_a_key_beyond_255_octets_is_sent_with_extended_lengths() -> None:
    lengths: list[int] = []

    def watch(command: CommandApdu, response: ResponseApdu) -> ResponseApdu:
        lengths.append(len(command.data))
        return response

    assert simple(DH_2048, DH_CIPHER, Fault(at_step(0x80), watch)).passed
    assert lengths == [256 + 4 + 4]


@pytest.mark.parametrize("id", DIFFERING)
def test_a_key_that_cannot_be_used_proves_nothing(id: str) -> None:
    check = DIFFERING[id].run().reading.check("chip_authentication")
    assert check.result is Result.NOT_SUPPORTED
