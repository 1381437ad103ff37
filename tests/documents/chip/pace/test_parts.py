"""What PACE is made of: parameters that chips offer, tokens, mappings and the proof of chip authentication mapping."""

from __future__ import annotations

import pytest
from tests.documents.chip import icao_9303_11 as icao
from tests.documents.chip.icao_9303_11 import INTEGRATED, Integrated

from gatehouse.documents.chip.cipher import AES_128, SessionKeys
from gatehouse.documents.chip.groups import StaticKey, standardised_group
from gatehouse.documents.chip.integrated_mapping import pseudo_random
from gatehouse.documents.chip.pace import Mapping, MappingProof, usable
from gatehouse.documents.chip.pace.tokens import token, token_input
from gatehouse.documents.lds.card_access import read as read_card_access
from gatehouse.documents.tlv import compose

octets = bytes.fromhex


def offered(*infos: str) -> tuple[list[tuple[str, str]], list[str]]:
    found, refused = usable(read_card_access(compose(0x31, *map(octets, infos))))
    return [(each.name, each.group.name) for each in found], [str(each) for each in refused]


def info(arc: str, version: int = 2, parameters: int = 13) -> str:
    return f"3012060A04007F000702020{4}{arc}0201{version:02X}0201{parameters:02X}"


def test_the_chip_s_authenticity_comes_first_then_the_longer_key() -> None:
    names, refused = offered(info("0402"), info("0202"), info("0602"), info("0204", parameters=14), info("0604"))
    assert names == [
        ("PACE-ECDH-CAM-AES-CBC-CMAC-256", "brainpoolP256r1"),
        ("PACE-ECDH-CAM-AES-CBC-CMAC-128", "brainpoolP256r1"),
        ("PACE-ECDH-GM-AES-CBC-CMAC-256", "brainpoolP320r1"),
        ("PACE-ECDH-GM-AES-CBC-CMAC-128", "brainpoolP256r1"),
        ("PACE-ECDH-IM-AES-CBC-CMAC-128", "brainpoolP256r1"),
    ]
    assert refused == []


def test_what_cannot_be_used_is_named() -> None:
    names, refused = offered(
        info("0202", version=1),
        info("0202", parameters=5),
        info("0102", parameters=13),
        info("0209"),
        "300F060A04007F00070202040201020102",
    )
    assert names == []
    assert refused == [
        "PACE of the kind id-PACE-ECDH-GM-AES-CBC-CMAC-128 is not supported",
        "the domain parameters 5 are not standardised",
        "id-PACE-DH-GM-AES-CBC-CMAC-128 does not run in the group brainpoolP256r1",
        "PACE of the kind id-PACE-ECDH-GM-3DES-CBC-CBC is not supported",
    ]


@pytest.mark.parametrize("example", INTEGRATED, ids=lambda each: each.name)
def test_integrated_mapping_step_by_step(example: Integrated) -> None:
    ((parameters, *_), _) = usable(read_card_access(compose(0x31, octets(example.info))))
    assert parameters.mapping is Mapping.INTEGRATED
    group = parameters.group
    number = pseudo_random(AES_128, octets(example.nonce), octets(example.terminal_nonce), group.field)
    assert f"{number:X}" == example.pseudo_random
    mapped = group.map_integrated(number)
    assert mapped.public_key(1).hex().upper() == example.mapped
    terminal, chip = int(example.terminal_private, 16), int(example.chip_private, 16)
    assert mapped.public_key(terminal) == octets(example.terminal_public)
    assert mapped.public_key(chip) == octets(example.chip_public)
    assert mapped.agree(terminal, octets(example.chip_public)) == octets(example.secret)
    assert mapped.agree(chip, octets(example.terminal_public)) == octets(example.secret)
    keys = SessionKeys.derive(AES_128, octets(example.secret))
    assert (keys.encryption, keys.authentication) == (octets(example.encryption), octets(example.authentication))
    assert token_input(parameters, octets(example.terminal_public)) == octets(example.chip_token_input)
    assert token_input(parameters, octets(example.chip_public)) == octets(example.terminal_token_input)
    assert token(parameters, keys, octets(example.terminal_public)) == octets(example.chip_token)
    assert token(parameters, keys, octets(example.chip_public)) == octets(example.terminal_token)


KEYS = SessionKeys(AES_128, octets(icao.I1.encryption), octets(icao.I1.authentication))
ENCRYPTED = octets(icao.I1.exchanges[-1][1])[14:-2]


def test_the_proof_of_appendix_i() -> None:
    group = standardised_group(13)
    proof = MappingProof.decrypt(group, octets(icao.I1_MAPPING_KEY), KEYS, ENCRYPTED)
    assert f"{proof.factor:X}" == icao.I1_FACTOR
    key = StaticKey.read(octets(icao.I1_STATIC_KEY))
    assert proof.is_made_with(key)
    assert not proof.is_made_with(StaticKey(group, group.public_key(7)))
    assert not proof.is_made_with(StaticKey(standardised_group(12), standardised_group(12).public_key(7)))


@pytest.mark.parametrize("factor", [0, standardised_group(13).order])
def test_a_factor_out_of_range_proves_nothing(factor: int) -> None:
    proof = MappingProof(standardised_group(13), octets(icao.I1_MAPPING_KEY), factor)
    assert not proof.is_made_with(StaticKey.read(octets(icao.I1_STATIC_KEY)))
