"""`gatehouse document read` against simulated documents: what it prints, leaves with, and keeps quiet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.cli.running import run as run_in_shell
from tests.conformance import conformance

from gatehouse.cli.document.read import read
from gatehouse.kernel.errors import UnreadableError

SPECIMEN = "documents/specimen-bsi-2008"
SPECIMEN_ZONE = "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC11T002JM4D<<9608122F1310317<<<<<<<<<<<<<<<6"


def ran(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(read, [*arguments, "--json"], input=given, standalone_mode=False)


def found(*arguments: str, given: str = "") -> tuple[int, dict[str, object]]:
    result = ran(*arguments, given=given)
    assert result.exception is None, result.exception
    return result.return_value, json.loads(result.stdout)


@pytest.mark.parametrize(
    ("kind", "access", "proof"),
    [
        ("", "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ", None),
        ("bac", "BAC", None),
        ("pace-im", "PACE-ECDH-IM-AES-CBC-CMAC-256/MRZ", None),
        ("pace-cam", "PACE-ECDH-CAM-AES-CBC-CMAC-256/MRZ", "chip_authentication_mapping"),
        ("aa", "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ", "active_authentication"),
        ("eac", "PACE-ECDH-GM-AES-CBC-CMAC-256/MRZ", "chip_authentication"),
    ],
)
def test_a_simulated_document_is_read_and_authenticated(kind: str, access: str, proof: str | None) -> None:
    code, shown = found("--reader", f"sim:{kind}")
    assert (code, shown["result"], shown["access"], shown["stopped"]) == (0, "successful", access, None)
    assert {"COM", "SOD", "DG1", "DG2"} <= set(shown["files"])  # type: ignore[call-overload]
    assert {"select", "access", "com", "sod", "dg1", "dg2", "total"} <= set(shown["timings_ms"])  # type: ignore[call-overload]
    results = {check["id"]: check["result"] for check in shown["checks"]}  # type: ignore[attr-defined]
    assert results["dg1_zone"] == results["com_sod"] == results["chip_access"] == "successful"
    for each in ("chip_authentication_mapping", "chip_authentication", "active_authentication"):
        assert results[each] == ("successful" if each == proof else "not supported")


def specimen(*arguments: str, given: str = "") -> tuple[int, dict[str, object]]:
    return found("--reader", f"sim:{conformance(SPECIMEN)}", *arguments, given=given)


def test_the_specimen_is_read_with_its_zone_given_in_three_ways(tmp_path: Path) -> None:
    (tmp_path / "zone.txt").write_text(SPECIMEN_ZONE)
    for arguments, given in (
        (("--mrz", str(tmp_path / "zone.txt")), ""),
        (("--mrz", "-"), SPECIMEN_ZONE),
        (("--mrz", SPECIMEN_ZONE), ""),
    ):
        _, shown = specimen(*arguments, given=given)
        assert shown["access"] == "BAC"
        assert shown["files"] == {"COM": 24, "SOD": 1076, "DG14": 334, "DG1": 93, "DG2": 15083}
        assert {"name": "no_pace", "detail": "the chip offers no PACE"}.items() <= shown["events"][0].items()  # type: ignore[index]


def test_nothing_of_the_key_or_the_person_is_printed(tmp_path: Path) -> None:
    zone = SPECIMEN_ZONE
    for arguments in (("--mrz", zone), ("--mrz", zone.replace("C11T002JM4", "C11T002JN7"))):
        text = CliRunner().invoke(read, ["--reader", f"sim:{conformance(SPECIMEN)}", *arguments], standalone_mode=False)
        machine = ran("--reader", f"sim:{conformance(SPECIMEN)}", *arguments)
        for shown in (text.output, machine.output):
            for secret in ("C11T002J", "960812", "131031", "MUSTERMANN"):
                assert secret not in shown


def test_a_wrong_key_is_1_and_says_so() -> None:
    code, shown = specimen("--mrz", SPECIMEN_ZONE.replace("C11T002JM4", "C11T002JN7"))
    assert (code, shown["access"], shown["files"]) == (1, "none", {})
    assert shown["stopped"] == "the chip does not accept the key of the machine readable zone"
    assert [event["name"] for event in shown["events"]] == ["no_pace", "access_failed"]  # type: ignore[attr-defined]
    checks = {check["id"]: check["result"] for check in shown["checks"]}  # type: ignore[attr-defined]
    assert (checks["chip_access"], checks["sod_signature"]) == ("failed", "aborted")


def test_a_card_access_number_opens_no_chip_without_pace() -> None:
    code, shown = specimen("--can", "123456")
    assert (code, shown["result"], shown["files"]) == (1, "undetermined", {})


def test_what_was_read_is_written_and_verifies(tmp_path: Path) -> None:
    code, _ = specimen("--files", "com", "SOD", "DG1", "--save", str(tmp_path / "read"))
    assert code == 1
    assert sorted(path.name for path in (tmp_path / "read").iterdir()) == ["EF_COM.bin", "EF_DG1.bin", "EF_SOD.bin"]
    original = conformance(SPECIMEN) / "EF_DG1.bin"
    assert (tmp_path / "read" / "EF_DG1.bin").read_bytes() == original.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--reader", "sim:nothing"),
            "nothing is no kind of document, no folder, and none that waits at",
        ),
        (("--reader", "sim:", "--mrz", "/nowhere"), "/nowhere cannot be read: No such file or directory"),
        (("--reader", "sim:", "--mrz", "P<UTO" + "a" * 83), "character 6 of the machine readable zone is 'a'"),
        (("--reader", "sim:", "--can", "12a456"), "a card access number has digits alone"),
        (("--reader", "sim:", "--files", "DG99"), "DG99 is no file of a travel document"),
        (("--reader", "sim:", "--trust", "/nowhere"), "/nowhere cannot be read"),
        (("--reader", "sim:", "--terminal", "/nowhere"), "--terminal and --terminal-key are given together"),
    ],
)
def test_what_cannot_be_read_is_2_and_one_line(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run_in_shell(capsys, "document", "read", *arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_a_reader_that_is_not_there_is_2() -> None:
    """Whether or not a PC/SC service runs here."""
    result = ran("--reader", "No such reader 00 00", "--mrz", SPECIMEN_ZONE)
    assert isinstance(result.exception, UnreadableError)


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("", "--mrz takes the lines of a zone, or the name of a file"),
        ("X" * 300, "lines of 300 characters are no machine readable zone"),
    ],
)
def test_what_is_neither_a_zone_nor_a_file_is_one_sentence(zone: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        CliRunner().invoke(read, ["--reader", "sim:bac", "--mrz", zone], standalone_mode=False, catch_exceptions=False)


def test_a_certificate_of_a_terminal_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.cvcert").write_bytes(b"\x6f\x67abc")
    given = ["--reader", "sim:eac", "--terminal", str(tmp_path / "broken.cvcert"), "--terminal-key", "key.pkcs8"]
    with pytest.raises(UnreadableError, match=r"broken\.cvcert cannot be read: data object 6F is cut off"):
        CliRunner().invoke(read, given, standalone_mode=False, catch_exceptions=False)


def checks_of(*arguments: str) -> dict[str, tuple[str, str]]:
    _, read_out = found(*arguments)
    checks = read_out["checks"]
    assert isinstance(checks, list)
    return {check["id"]: (check["result"], check["reason"]) for check in checks}


def test_a_folder_of_files_proves_nothing_that_needs_the_chips_own_key() -> None:
    checks = checks_of("--reader", f"sim:{conformance(SPECIMEN)}")
    assert checks["chip_authentication"] == (
        "undetermined",
        "these are a chip's files without its private key: whether the chip proves it, they cannot show",
    )


def test_what_is_for_terminals_is_not_known_where_no_list_of_files_was_read() -> None:
    result, reason = checks_of("--reader", "sim:eac", "--files", "DG3")["terminal_authentication"]
    assert result == "undetermined"
    assert reason.startswith("neither EF.SOD nor EF.COM was read")
