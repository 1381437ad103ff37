"""A reading of each kind of chip that there is: what opens it, what is read, what it proves."""

from __future__ import annotations

import pytest
from tests.documents.chip.reading.made import ON, document, image, issuer, names, read, results, trust

from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import ReadingPolicy
from gatehouse.documents.chip.terminal_authentication import TerminalCredentials
from gatehouse.documents.mrz import parse_mrz
from gatehouse.kernel.results import Result
from gatehouse.simulation.issuing import ChipKind

ACCESS = {
    ChipKind.BAC: "BAC",
    ChipKind.PACE_IM: "PACE-ECDH-IM-AES-CBC-CMAC-256/MRZ",
    ChipKind.PACE_CAM: "PACE-ECDH-CAM-AES-CBC-CMAC-256/MRZ",
}
GENERIC = "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ"
#: mapping, chip and active authentication.
PROOFS = {
    ChipKind.PACE_CAM: ("successful", "not supported", "not supported"),
    ChipKind.AA: ("not supported", "not supported", "successful"),
    ChipKind.CA: ("not supported", "successful", "not supported"),
    ChipKind.EAC: ("not supported", "successful", "not supported"),
}
NO_PROOF = ("not supported",) * 3


def credentials() -> TerminalCredentials:
    held = issuer(ChipKind.EAC).terminals
    certificates = tuple(each.certificate for each in (held.verifier, held.terminal, held.authority))
    return TerminalCredentials(certificates, held.terminal.key)


@pytest.mark.parametrize("kind", ChipKind)
def test_each_kind_is_opened_read_and_judged(kind: ChipKind) -> None:
    reading = read(kind, trusted=trust(kind))
    assert reading.stopped is None
    assert reading.access == ACCESS.get(kind, GENERIC)
    assert names(reading) == (["no_pace"] if kind is ChipKind.BAC else [])
    made = document(kind)
    wanted = {"COM", "SOD", "DG1", "DG2", "DG11", "DG14", "DG15"} & made.files.keys()
    assert reading.files == {name: made.files[name] for name in wanted}
    found = results(reading)
    assert (
        found["chip_authentication_mapping"],
        found["chip_authentication"],
        found["active_authentication"],
    ) == PROOFS.get(kind, NO_PROOF)
    assert found["chip_access"] == "successful"
    assert found["card_access"] == ("not supported" if kind is ChipKind.BAC else "successful")
    assert found["terminal_authentication"] == ("undetermined" if kind is ChipKind.EAC else "not supported")
    zone = parse_mrz("\n".join(made.mrz_lines), on=ON)
    verdict = judge(reading, trust=trust(kind), on=ON, zone=zone)
    assert verdict.result is Result.SUCCESSFUL
    assert verdict.check("com_sod").result is Result.SUCCESSFUL
    assert verdict.check("dg1_zone").result is Result.SUCCESSFUL


def test_a_card_access_number_opens_what_pace_opens() -> None:
    can = image(ChipKind.PACE_GM).can
    assert can is not None
    assert read(ChipKind.PACE_GM, can).access == "PACE-ECDH-GM-AES-CBC-CMAC-256/CAN"
    closed = read(ChipKind.BAC, can)
    assert (closed.access, dict(closed.files)) == ("none", {})
    assert str(closed.check("chip_access").reason) == "the chip offers no PACE, which alone takes a card access number"
    assert results(closed)["chip_access"] == "not supported"


def test_fingerprints_are_read_by_an_authorised_terminal() -> None:
    wanted = ("COM", "SOD", "DG1", "DG3", "DG14")
    reading = read(ChipKind.EAC, policy=ReadingPolicy(wanted, terminal=credentials()))
    assert results(reading)["terminal_authentication"] == "successful"
    assert str(reading.check("terminal_authentication").reason) == "the chip accepts UTSIMIS00001"
    assert reading.files["DG3"] == document(ChipKind.EAC).files["DG3"]
    without = read(ChipKind.EAC, policy=ReadingPolicy(wanted))
    assert "DG3" not in without.files
    assert names(without) == []


def test_a_terminal_of_another_authority_is_told_so() -> None:
    foreign = issuer(ChipKind.CA).terminals
    held = TerminalCredentials((foreign.verifier.certificate, foreign.terminal.certificate), foreign.terminal.key)
    policy = ReadingPolicy(("COM", "SOD", "DG1", "DG3", "DG14"), terminal=held)
    reading = read(ChipKind.EAC, policy=policy)
    check = reading.check("terminal_authentication")
    assert check.result is Result.FAILED
    assert "PERFORM SECURITY OPERATION" in str(check.reason)
    assert "DG3" not in reading.files
    assert set(reading.files) == {"COM", "SOD", "DG1", "DG14"}
    assert judge(reading, trust=trust(ChipKind.EAC), on=ON).result is Result.SUCCESSFUL


def test_a_policy_asks_for_less_or_for_more() -> None:
    less = read(ChipKind.AA, policy=ReadingPolicy(active_authentication=False))
    assert results(less)["active_authentication"] == "undetermined"
    left_out = read(ChipKind.AA, policy=ReadingPolicy(("COM", "SOD", "DG1")))
    assert results(left_out)["active_authentication"] == "undetermined"
    assert set(left_out.files) == {"COM", "SOD", "DG1"}
    less = read(ChipKind.CA, policy=ReadingPolicy(chip_authentication=False))
    assert results(less)["chip_authentication"] == "undetermined"


def test_the_mapping_says_nothing_where_nobody_is_trusted() -> None:
    reading = read(ChipKind.PACE_CAM)
    assert results(reading)["chip_authentication_mapping"] == "undetermined"
    other = read(ChipKind.PACE_CAM, trusted=trust(ChipKind.CA))
    assert results(other)["chip_authentication_mapping"] in {"failed", "undetermined"}
    missing = read(image(ChipKind.PACE_CAM, without=("CardSecurity",)), trusted=trust(ChipKind.PACE_CAM))
    assert results(missing)["chip_authentication_mapping"] == "undetermined"


def test_times_are_kept_for_each_step() -> None:
    steps = ["select", "card_access", "access", "com", "sod", "dg14", "ca", "aa", "ta", "dg1", "dg2", "total"]
    assert list(read(ChipKind.CA).timings_ms) == steps


def test_files_are_read_by_their_short_identifier_where_the_policy_says_so() -> None:
    reading = read(ChipKind.PACE_GM, policy=ReadingPolicy(short_identifiers=True))
    assert reading.files.keys() == read(ChipKind.PACE_GM).files.keys()
    assert reading.files["DG2"] == document(ChipKind.PACE_GM).files["DG2"]
