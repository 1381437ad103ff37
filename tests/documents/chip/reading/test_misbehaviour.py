"""Chips that misbehave: whatever they do, a reading comes of it that says what happened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.documents.chip.reading.made import (
    ON,
    Counted,
    Scripted,
    document,
    image,
    names,
    read,
    results,
    stating,
    trust,
)

from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.apdu import CommandApdu, Instruction
from gatehouse.documents.chip.errors import AuthenticationError, CardRemovedError, CardTimeoutError
from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import Event, ReadingPolicy, attempt, read_chip
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.documents.chip.simulator.cases import CASES
from gatehouse.documents.chip.simulator.limits import Limits
from gatehouse.documents.tlv import compose
from gatehouse.kernel.results import Result
from gatehouse.simulation.issuing import ChipKind

WRONG = MrzKey("X00000000", "700101", "300101")
IDS = [
    "chip_access",
    "card_access",
    "chip_authentication_mapping",
    "chip_authentication",
    "active_authentication",
    "terminal_authentication",
]


@pytest.mark.parametrize("kind", [ChipKind.BAC, ChipKind.PACE_CAM, ChipKind.CA, ChipKind.AA])
@pytest.mark.parametrize("case", [case for case in CASES if case != "slow"])
def test_every_case_gives_a_reading_with_every_check(case: str, kind: ChipKind) -> None:
    reading = read(kind, case=case, trusted=trust(kind))
    assert [check.id for check in reading.checks] == IDS
    aborted = any(check.result is Result.ABORTED for check in reading.checks)
    assert reading.stopped is not None or not aborted
    if reading.stopped is not None:
        assert reading.events[-1].detail == reading.stopped.reason
    for name, data in reading.files.items():
        assert data == document(kind).files[name] or case in ("long-dg2", "short-dg2", "sm-cryptogram")


@pytest.mark.parametrize(
    ("case", "kind", "events", "check", "result"),
    [
        ("no-application", ChipKind.BAC, ["no_pace", "access_failed"], "chip_access", "failed"),
        ("bac-checksum", ChipKind.BAC, ["no_pace", "access_failed"], "chip_access", "failed"),
        ("sm-checksum", ChipKind.BAC, ["no_pace", "session_ended"], "active_authentication", "aborted"),
        ("sm-cryptogram", ChipKind.BAC, ["no_pace", "session_ended"], "active_authentication", "aborted"),
        ("end-6b00", ChipKind.BAC, ["no_pace"], "chip_access", "successful"),
        ("end-6cxx", ChipKind.BAC, ["no_pace"], "chip_access", "successful"),
        ("long-dg2", ChipKind.BAC, ["no_pace", "file_short"], "chip_access", "successful"),
        ("short-dg2", ChipKind.BAC, ["no_pace"], "chip_access", "successful"),
        ("pace-same-key", ChipKind.PACE_GM, ["pace_failed", "access_failed"], "chip_access", "failed"),
        ("pace-token", ChipKind.PACE_GM, ["pace_failed", "access_failed"], "chip_access", "failed"),
        ("aa-signature", ChipKind.AA, [], "active_authentication", "failed"),
        ("aa-refused", ChipKind.AA, [], "active_authentication", "failed"),
        ("ca-refused", ChipKind.CA, [], "chip_authentication", "failed"),
    ],
)
def test_what_a_case_looks_like(case: str, kind: ChipKind, events: list[str], check: str, result: str) -> None:
    reading = read(kind, case=case)
    assert (names(reading), results(reading)[check]) == (events, result)
    verdict = judge(reading, trust=trust(kind), on=ON)
    expected = {"aa-signature", "aa-refused", "ca-refused", "long-dg2", "short-dg2"}
    assert (verdict.result is Result.FAILED) == (case in expected)


def test_a_wrong_key_is_said_and_nothing_is_read() -> None:
    for kind, said in (
        (ChipKind.BAC, "the chip does not accept the key of the machine readable zone"),
        (ChipKind.PACE_GM, "the chip does not accept the key that PACE was tried with"),
    ):
        reading = read(kind, WRONG)
        check = reading.check("chip_access")
        assert (check.result, str(check.reason)) == (Result.FAILED, said)
        assert names(reading)[-1] == "access_failed"
        assert (reading.access, dict(reading.files)) == ("none", {})
        assert {check.result for check in reading.checks[1:]} == {Result.ABORTED}
        with pytest.raises(AuthenticationError, match=said):
            read_chip(SimulatedChip(image(kind)), WRONG)


def test_the_fall_from_pace_is_the_policy_s_and_is_seen() -> None:
    strict = read(ChipKind.PACE_GM, case="pace-refused")
    assert names(strict) == ["pace_failed", "access_failed"]
    assert strict.access == "none"
    lenient = read(ChipKind.PACE_GM, case="pace-refused", policy=ReadingPolicy(bac_after_failed_pace=True))
    assert names(lenient) == ["pace_failed", "fell_to_bac"]
    assert lenient.access == "BAC"
    assert "DG2" in lenient.files
    seen: list[Event] = []
    chip = SimulatedChip(image(ChipKind.BAC))
    closed = attempt(chip, image(ChipKind.BAC).mrz, policy=ReadingPolicy(bac_without_pace=False), observe=seen.append)
    assert [event.name for event in seen] == ["no_pace", "access_failed"]
    assert str(closed.check("chip_access").reason) == (
        "the chip offers no PACE, and the policy forbids basic access control"
    )


@pytest.mark.parametrize("before", [0, 1, 5, 9, 12, 14, 16, 20, 40])
def test_a_pulled_document_leaves_what_was_read(before: int) -> None:
    kind = ChipKind.PACE_GM
    chip = Counted(SimulatedChip(image(kind)), before)
    reading = attempt(chip, image(kind).mrz)
    assert isinstance(reading.stopped, CardRemovedError)
    assert names(reading)[-1] == "card_removed"
    assert results(reading)["terminal_authentication"] == "aborted" or "SOD" in reading.files
    assert all(data == document(kind).files[name] for name, data in reading.files.items())
    verdict = judge(reading, trust=trust(kind), on=ON)
    assert verdict.result is not Result.FAILED
    if "SOD" not in reading.files:
        assert verdict.check("sod_signature").result is Result.ABORTED


def test_a_document_pulled_before_anything_was_read_is_an_error() -> None:
    with pytest.raises(CardRemovedError):
        read_chip(Counted(SimulatedChip(image(ChipKind.BAC)), 3), image(ChipKind.BAC).mrz)
    reading = read_chip(Counted(SimulatedChip(image(ChipKind.BAC)), 12), image(ChipKind.BAC).mrz)
    assert set(reading.files) == {"COM"}


def test_a_slow_chip_is_given_up() -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 0.2
        return now[0]

    chip = SimulatedChip(image(ChipKind.BAC))
    reading = attempt(chip, image(ChipKind.BAC).mrz, policy=ReadingPolicy(seconds=9), clock=clock)
    assert isinstance(reading.stopped, CardTimeoutError)
    assert str(reading.stopped) == "the chip was not read within 9 seconds"
    assert names(reading)[-1] == "card_timeout"
    assert results(reading)["chip_access"] == "successful"


def test_a_chip_that_anybody_may_read() -> None:
    open_chip = replace(image(ChipKind.BAC), mrz=None, can=None)
    reading = attempt(SimulatedChip(open_chip), image(ChipKind.BAC).mrz)
    assert (reading.access, names(reading)) == ("none", ["no_pace", "no_access_control"])
    assert reading.files["DG2"] == document(ChipKind.BAC).files["DG2"]
    assert read(open_chip).access == "none"
    closed = attempt(SimulatedChip(image(ChipKind.BAC)), None)
    assert str(closed.check("chip_access").reason) == "the chip is closed, and no key was given"


@pytest.mark.parametrize("longest", [256, 1000, 0x4000, 0x10000])
def test_a_chip_that_states_its_lengths_is_read_in_few_commands(longest: int) -> None:
    chip = Counted(SimulatedChip(image(ChipKind.PACE_GM, ATR_INFO=stating(longest))))
    reading = attempt(chip, image(ChipKind.PACE_GM).mrz)
    assert reading.files["DG2"] == document(ChipKind.PACE_GM).files["DG2"]
    extended = [command for command in chip.commands if command.extended]
    assert bool(extended) == (longest > 256)


def test_a_chip_that_states_extended_lengths_and_refuses_them_is_read_short() -> None:
    made = image(ChipKind.BAC, ATR_INFO=stating(0x4000))
    reading = read(made, limits=Limits(extended=False))
    assert names(reading) == ["no_pace", "extended_refused", "no_pace"]
    assert reading.files["DG2"] == document(ChipKind.BAC).files["DG2"]
    assert reading.stopped is None


def test_files_beyond_32_kilobytes_are_read_with_the_odd_instruction() -> None:
    large = compose(0x75, bytes(range(256)) * 400)
    for stated in (b"", stating(0x4000)):
        chip = Counted(SimulatedChip(image(ChipKind.PACE_GM, DG2=large, ATR_INFO=stated)))
        reading = attempt(chip, image(ChipKind.PACE_GM).mrz)
        assert reading.files["DG2"] == large
        assert Instruction.READ_BINARY_ODD in {command.ins for command in chip.commands}


@pytest.mark.parametrize(
    ("content", "event", "kept"),
    [
        (b"", "file_empty", None),
        (b"\x61", "file_short", b"\x61"),
        (b"\x61\x00", None, b"\x61\x00"),
        (b"\x61\x00\xff\xff\xff\xff", None, b"\x61\x00"),
        (b"\x61\x80abcdef", "file_unreadable", None),
        (b"\x61\x84\xff\xff\xff\xffabc", "file_too_large", None),
        (b"\x61\x83\x7f\xff\xffabc", "file_too_large", None),
        (b"\x61\x81\xffabc", "file_short", b"\x61\x81\xffabc"),
        (b"\x61\x82\xff", "file_short", b"\x61\x82\xff"),
    ],
)
def test_a_file_that_lies_about_its_length(content: bytes, event: str | None, kept: bytes | None) -> None:
    reading = read(image(ChipKind.PACE_GM, DG1=content))
    assert names(reading) == ([event] if event else [])
    assert reading.files.get("DG1") == kept
    assert "DG2" in reading.files


def test_files_that_are_listed_and_absent_or_closed_are_named() -> None:
    reading = read(image(ChipKind.PACE_GM, without=("DG2",)))
    assert [(event.name, str(event.detail)) for event in reading.events] == [("file_missing", "the chip has no DG2")]
    assert "DG1" in reading.files
    without = read(image(ChipKind.PACE_GM, without=("SOD",)))
    assert judge(without, trust=trust(ChipKind.PACE_GM), on=ON).check("sod_signature").result is Result.UNDETERMINED
    broken = read(image(ChipKind.PACE_GM, SOD=b"\x77\x02ab"))
    assert judge(broken, trust=trust(ChipKind.PACE_GM), on=ON).check("sod_signature").result is Result.FAILED


def test_a_chip_that_drips_is_left() -> None:
    """One octet at a time of a file that says it has 200,000: it ends, and not after 200,000 commands."""

    def drip(command: CommandApdu) -> bytes:
        if command.ins != Instruction.READ_BINARY:
            return b"\x90\0"
        head = b"\x60\x83\x03\x00\x00"
        offset = command.p1 << 8 | command.p2
        return head[offset : offset + 1] + b"\x90\0" if offset < len(head) else b"\0\x90\0"

    chip = Scripted(drip)
    reading = attempt(chip, None)
    assert set(names(reading)) == {"file_unreadable"}
    assert chip.count < 300


@pytest.mark.parametrize("status", ["6700", "6C04", "6A86", "6982", "6F00", "9000", "6100", "6282"])
def test_a_chip_that_always_answers_the_same(status: str) -> None:
    for key in (None, WRONG):
        chip = Scripted(lambda _: bytes.fromhex(status))
        reading = attempt(chip, key)
        assert dict(reading.files) == {}
        assert chip.count < 1000


def test_progress_is_told_and_not_kept() -> None:
    seen: list[Event] = []
    reading = attempt(SimulatedChip(image(ChipKind.BAC)), image(ChipKind.BAC).mrz, observe=seen.append)
    told = [
        event.detail.parts for event in seen if event.name == "file_progress" and event.detail.parts["file"] == "DG2"
    ]
    assert told[-1]["percent"] == 100
    assert told[-1]["done"] == told[-1]["of"] == len(document(ChipKind.BAC).files["DG2"])
    assert len(told) <= 11
    assert "file_progress" not in names(reading)
    assert str(next(event.detail for event in seen if event.name == "file_progress")).endswith("bytes")
