"""Where the page gives no zone, an officer types the card access number, and the chip gives its own."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from tests.asynchronous import run
from tests.workstations.doubles import (
    ZONE,
    ChipReader,
    Link,
    Page,
    desk_of,
    found,
    place,
    running,
    transmit,
    types,
    until,
)

from gatehouse.documents.chip.access import AccessKey, CanKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import AuthenticationError, UnsupportedProtocolError
from gatehouse.documents.chip.reading import ChipReading
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations import messages
from gatehouse.workstations.devices import PageDone, Removed, ZoneRead
from gatehouse.workstations.messages import Code, FromAgent

TYPED = "134258"
HELD = "615B5F1F58" + ZONE.replace("\n", "").encode().hex()


def opened_with(number: str, reading: ChipReading, *seen: Any, before: Any = None) -> tuple[list[FromAgent], list[Any]]:
    """A document whose chip is then opened with a number; what was said, and the keys that the chip was asked with."""
    keys: list[Any] = []

    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        keys.append(key)
        transmit(transport)
        return reading if isinstance(key, CanKey) else before

    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, *seen, PageDone())
            await until(lambda: "document_read" in types(said))
            assert desk.document is not None
            desk.open_with_number(desk.document.id, number)
            await until(lambda: types(said).count("document_read") == 2)
        return said

    return run(work()), keys


def test_without_a_zone_the_chip_opens_with_its_number_and_gives_its_own_zone() -> None:
    chip = found(files={"DG1": bytes.fromhex(HELD)}, access="PACE-ECDH-GM-AES-CBC-CMAC-128/CAN")
    said, keys = opened_with(TYPED, chip)
    assert types(said) == [
        "document_placed", "failed", "document_read", "mrz_read", "chip_read", "document_read"
    ]  # fmt: skip
    assert keys == [CanKey(TYPED)]
    read = said[-1]
    assert isinstance(read, messages.DocumentRead)
    assert (read.mrz, read.failure, read.report.access) == (ZONE, None, "PACE-ECDH-GM-AES-CBC-CMAC-128/CAN")
    assert [event.name for event in read.report.events] == ["zone_of_chip"]
    assert TYPED not in "".join(message.model_dump_json() for message in said)


def test_a_zone_that_was_read_right_stands_though_the_number_opened_the_chip() -> None:
    closed = found(
        stopped=AuthenticationError("the key is wrong"),
        checks=(Check("chip_access", Result.FAILED, Reason("the key is wrong")),),
    )
    other = HELD.replace(b"ERIKSSON".hex(), b"ERIKSSEN".hex())
    said, _ = opened_with(TYPED, found(files={"DG1": bytes.fromhex(other)}), ZoneRead(ZONE), before=closed)
    first, second = (message for message in said if isinstance(message, messages.DocumentRead))
    assert (first.failure, second.failure) == (Code.WRONG_KEY, None)
    assert second.mrz == ZONE
    assert second.report.events == ()


def test_a_wrong_number_is_told_and_another_can_be_typed() -> None:
    closed = found(
        stopped=AuthenticationError("the key is wrong"),
        checks=(Check("chip_access", Result.FAILED, Reason("the key is wrong")),),
    )
    said, _ = opened_with(TYPED, closed)
    assert [message.code for message in said if isinstance(message, messages.Failed)] == [
        Code.ZONE_UNREADABLE,
        Code.WRONG_NUMBER,
    ]


def test_a_chip_without_pace_takes_no_number() -> None:
    said, _ = opened_with(TYPED, found(stopped=UnsupportedProtocolError("the chip offers no PACE"), checks=()))
    assert said[-1].failure is Code.NO_PACE  # type: ignore[union-attr]


def test_a_chip_whose_zone_is_none_is_said_and_nothing_takes_its_place() -> None:
    said, _ = opened_with(TYPED, found(files={"DG1": b"\x61\x00"}))
    read = said[-1]
    assert isinstance(read, messages.DocumentRead)
    assert (read.mrz, read.failure) == ("", Code.CHIP_FAULT)


def test_a_document_that_has_left_or_is_being_read_is_not_opened_with_a_number() -> None:
    go_on = threading.Event()

    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        assert go_on.wait(5)
        return found()

    async def work() -> None:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            with pytest.raises(RefusedError, match="has left the reader"):
                desk.open_with_number(None, TYPED)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "mrz_read" in types(said))
            assert desk.document is not None
            with pytest.raises(RefusedError, match="is being read"):
                desk.open_with_number(desk.document.id, TYPED)
            go_on.set()
            await until(lambda: "document_read" in types(said))
            page.seen.put_nowait(Removed())
            await until(lambda: "removed" in types(said))
            with pytest.raises(RefusedError, match="lay it down again"):
                desk.open_with_number(desk.document.id, TYPED)
        assert types(said).count("document_read") == 1

    run(work())
