"""PACE with the simulated chip: every group of table 12 with both mappings, every cipher, CAM on every curve."""

from __future__ import annotations

import pytest
from asn1crypto import core
from tests.documents.chip.reading.made import results

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.channel import Channel
from gatehouse.documents.chip.cipher import SUITES
from gatehouse.documents.chip.groups import StaticKey, standardised_group
from gatehouse.documents.chip.pace import open_with_pace, usable
from gatehouse.documents.chip.reading import ChipReading, ReadingPolicy, attempt
from gatehouse.documents.chip.simulator import ChipImage, SimulatedChip
from gatehouse.documents.lds.card_access import read as read_card_access
from gatehouse.documents.tlv import compose

KEY = MrzKey("L898902C<", "690806", "940623")
COM = bytes.fromhex("60145F0104303130365F36063034303030305C026175")
DH, ECDH = (0, 1, 2), tuple(range(8, 19))
_BSI_PACE = "0.4.0.127.0.7.2.2.4"
_ARCS = {("DH", "GM"): 1, ("ECDH", "GM"): 2, ("DH", "IM"): 3, ("ECDH", "IM"): 4, ("ECDH", "CAM"): 6}


def info(arc: int, suite: int, parameters: int) -> bytes:
    oid = core.ObjectIdentifier(f"{_BSI_PACE}.{arc}.{suite}").dump()
    return compose(0x30, oid, compose(0x02, b"\x02"), compose(0x02, bytes((parameters,))))


def run(*infos: bytes) -> ChipReading:
    image = ChipImage({"CardAccess": compose(0x31, *infos), "COM": COM}, KEY)
    return attempt(SimulatedChip(image), KEY, policy=ReadingPolicy(("COM",)))


@pytest.mark.parametrize("parameters", [*DH, *ECDH])
@pytest.mark.parametrize("mapping", ["GM", "IM"])
def test_every_group_and_mapping(parameters: int, mapping: str) -> None:
    agreement = "DH" if parameters in DH else "ECDH"
    reading = run(info(_ARCS[agreement, mapping], 2, parameters))
    if (mapping, standardised_group(parameters).name) == ("IM", "secp224r1"):
        assert str(reading.stopped) == "the integrated mapping is not defined on secp224r1"
        return
    assert reading.access == f"PACE-{agreement}-{mapping}-AES-CBC-CMAC-128/MRZ"
    assert reading.files == {"COM": COM}


@pytest.mark.parametrize("suite", range(1, 5))
@pytest.mark.parametrize(("agreement", "mapping"), [each for each in _ARCS if each[1] != "CAM"])
def test_every_cipher(agreement: str, mapping: str, suite: int) -> None:
    reading = run(info(_ARCS[agreement, mapping], suite, 0 if agreement == "DH" else 13))
    assert reading.access == f"PACE-{agreement}-{mapping}-{SUITES[suite - 1].name}/MRZ"
    assert reading.files == {"COM": COM}


@pytest.mark.parametrize("parameters", ECDH)
def test_the_mapping_proof_on_every_curve(parameters: int) -> None:
    group, access = standardised_group(parameters), compose(0x31, info(6, 4, parameters))
    chip = SimulatedChip(ChipImage({"CardAccess": access, "COM": COM}, KEY, mapping_key=4711))
    ((chosen,), _) = usable(read_card_access(access))
    proof = open_with_pace(Channel(chip), KEY, chosen).mapping_proof
    assert proof is not None
    assert proof.is_made_with(StaticKey(group, group.public_key(4711)))
    assert not proof.is_made_with(StaticKey(group, group.public_key(4712)))


def test_several_domain_parameters_of_one_protocol_are_told_apart() -> None:
    reading = run(info(2, 2, 13), info(2, 2, 12))
    assert reading.access == "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ"
    assert reading.events == ()


def test_what_cannot_be_used_is_passed_over() -> None:
    assert run(info(2, 2, 5), info(2, 2, 13)).access == "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ"
    alone = run(info(2, 2, 5))
    assert [event.name for event in alone.events] == ["pace_failed", "access_failed"]
    assert str(alone.stopped) == "the domain parameters 5 are not standardised"
    assert results(alone)["chip_access"] == "not supported"
