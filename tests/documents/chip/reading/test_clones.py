"""Copies: what a chip says that holds the files of another but not its keys, or hides what it cannot prove."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from tests.documents.chip.reading.made import ON, document, image, names, read, results, trust

from gatehouse.documents.chip.groups import standardised_group
from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.chip.simulator.image import AgreementKey
from gatehouse.documents.lds import file_of
from gatehouse.documents.mrz import parse_mrz
from gatehouse.documents.tlv import compose
from gatehouse.kernel.results import Result
from gatehouse.simulation.issuing import ChipKind


def verdict_on(kind: ChipKind, chip: ChipImage) -> tuple[Result, dict[str, str]]:
    reading = read(chip, trusted=trust(kind))
    verdict = judge(reading, trust=trust(kind), on=ON)
    return verdict.result, {check.id: check.result.value for check in verdict.checks}


def without_group(kind: ChipKind, name: str) -> ChipImage:
    """A copy that leaves a data group out, in EF.COM too."""
    com = document(kind).files["COM"]
    tag = bytes((file_of(name).tag,))
    listed = com[com.rindex(0x5C) + 2 :].replace(tag, b"")
    kept = com[2 : com.rindex(0x5C)] + compose(0x5C, listed)
    return image(kind, without=(name,), COM=compose(0x60, kept))


def test_a_copy_with_another_key_of_active_authentication_fails() -> None:
    copy = replace(image(ChipKind.AA), active_key=ec.generate_private_key(ec.SECP256R1()))
    result, found = verdict_on(ChipKind.AA, copy)
    assert (result, found["active_authentication"], found["dg_hash"]) == (Result.FAILED, "failed", "successful")


def test_a_copy_with_another_key_of_chip_authentication_fails_and_is_read_all_the_same() -> None:
    copy = replace(image(ChipKind.CA), agreement_keys=(AgreementKey(standardised_group(13), 4711),))
    reading = read(copy)
    assert names(reading) == ["reopened"]
    assert str(reading.check("chip_authentication").reason).startswith("the chip does not hold the key of EF.DG14: ")
    assert {"DG1", "DG2"} <= reading.files.keys()
    assert judge(reading, trust=trust(ChipKind.CA), on=ON).result is Result.FAILED


def test_a_copy_with_another_key_of_the_mapping_fails() -> None:
    copy = replace(image(ChipKind.PACE_CAM), mapping_key=4711)
    result, found = verdict_on(ChipKind.PACE_CAM, copy)
    assert (result, found["chip_authentication_mapping"]) == (Result.FAILED, "failed")


@pytest.mark.parametrize(
    ("kind", "name", "check"),
    [(ChipKind.AA, "DG15", "active_authentication"), (ChipKind.CA, "DG14", "chip_authentication")],
)
def test_a_copy_that_leaves_out_what_it_cannot_prove_fails(kind: ChipKind, name: str, check: str) -> None:
    result, found = verdict_on(kind, without_group(kind, name))
    assert (result, found[check], found["com_sod"]) == (Result.FAILED, "failed", "failed")


def test_a_chip_that_hides_pace_to_be_opened_by_bac_fails() -> None:
    reading = read(image(ChipKind.PACE_GM, without=("CardAccess",)))
    assert (reading.access, names(reading)) == ("BAC", ["no_pace"])
    check = reading.check("card_access")
    assert (check.result, str(check.reason)) == (
        Result.FAILED,
        "EF.DG14 offers id-PACE-ECDH-GM-AES-CBC-CMAC-256, which EF.CardAccess hides",
    )
    assert judge(reading, trust=trust(ChipKind.PACE_GM), on=ON).result is Result.FAILED


def test_a_chip_without_any_key_is_not_supported_and_never_failed() -> None:
    found = results(read(ChipKind.PACE_GM))
    assert found["active_authentication"] == found["chip_authentication"] == "not supported"
    assert judge(read(ChipKind.PACE_GM), trust=trust(ChipKind.PACE_GM), on=ON).result is Result.SUCCESSFUL


def test_another_person_s_chip_is_another_zone() -> None:
    other = document(ChipKind.BAC)
    reading = read(ChipKind.PACE_GM)
    altered = other.mrz_lines[0].replace("<<", "<Z<<", 1)[:44] + "\n" + other.mrz_lines[1]
    verdict = judge(reading, trust=trust(ChipKind.PACE_GM), on=ON, zone=parse_mrz(altered, on=ON))
    assert verdict.check("dg1_zone").result is Result.FAILED
    assert verdict.result is Result.FAILED
