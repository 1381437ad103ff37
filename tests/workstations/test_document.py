from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tests.workstations.doubles import ZONE, ChipReader, Found, Link, Page, Told, desk_of, reads, transmit, until

from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import AuthenticationError, ProtocolError
from gatehouse.documents.mrz import Mrz
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations import messages
from gatehouse.workstations.chip import ChipEvent, ChipReading
from gatehouse.workstations.desk import Desk
from gatehouse.workstations.devices import ImageTaken, Light, PageDone, Placed, Removed, ZoneRead
from gatehouse.workstations.messages import Code, FromAgent


@asynccontextmanager
async def running(desk: Desk) -> Any:
    task = asyncio.create_task(desk.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def types(said: list[FromAgent]) -> list[str]:
    return [message.type for message in said if message.type != "device_arrived"]


def last(said: list[FromAgent]) -> messages.DocumentRead:
    [found] = [message for message in said if isinstance(message, messages.DocumentRead)]
    return found


def place(page: Page, *seen: Any) -> None:
    for each in (Placed(), *seen):
        page.seen.put_nowait(each)


def test_a_document_is_read_from_its_placing_to_its_end() -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page, link = Page(), Link()
        checks = (Check("active_authentication", Result.SUCCESSFUL, Reason("signed")),)
        desk, _ = desk_of(page, ChipReader(link), read=reads(Found(checks=checks)), said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), ImageTaken(Light.VISIBLE, b"\xff\xd8\xff"), PageDone())
            await until(lambda: "document_read" in types(said))
            page.seen.put_nowait(Removed())
            await until(lambda: "removed" in types(said))
        assert link.closed == 1
        return said

    said = asyncio.run(work())
    assert types(said) == ["document_placed", "mrz_read", "image", "chip_read", "document_read", "removed"]
    read = last(said)
    assert (read.mrz, read.failure, read.report.access) == (ZONE, None, "BAC")
    assert read.report.devices == {"optical": "Page reader", "chip": "Chip reader"}
    assert [check.id for check in read.report.checks] == ["active_authentication"]
    assert {"mrz", "image_visible", "page", "chip", "total", "chip.access"} == set(read.report.timings_ms)
    [chip] = [message for message in said if isinstance(message, messages.ChipRead)]
    assert chip.files == {"COM": "YAA=", "SOD": "dwA="}


def test_the_chip_is_begun_while_pictures_still_come() -> None:
    begun, go_on = threading.Event(), threading.Event()

    def read(transport: Transport, zone: Mrz, observe: Callable[[ChipEvent], None]) -> ChipReading:
        begun.set()
        assert go_on.wait(5)
        return Found()

    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE))
            await until(begun.is_set)
            for light in Light:
                page.seen.put_nowait(ImageTaken(light, b"\xff\xd8\xff"))
            page.seen.put_nowait(PageDone())
            await until(lambda: types(said).count("image") == 3)
            go_on.set()
            await until(lambda: "document_read" in types(said))
        return said

    timings = last(asyncio.run(work())).report.timings_ms
    assert timings["mrz"] < timings["image_visible"] <= timings["page"] < timings["total"]
    assert timings["chip"] + timings["page"] > timings["total"]  # they ran beside each other


def failing(code: Code, read: Any, *, after: Callable[[Page, Any], None] = lambda page, plugs: None) -> Any:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, plugs = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "mrz_read" in types(said))
            after(page, plugs)
            await until(lambda: "document_read" in types(said))
        return said

    said = asyncio.run(work())
    [failed] = [message for message in said if isinstance(message, messages.Failed)]
    assert failed.code is code
    assert last(said).failure is code
    assert last(said).mrz == ZONE
    assert last(said).report.failure == failed.reason
    return said


def raising(error: Exception) -> Any:
    def read(transport: Transport, zone: Mrz, observe: Any) -> ChipReading:
        raise error

    return read


def until_cut(transport: Transport, zone: Mrz, observe: Any) -> ChipReading:
    while True:
        transmit(transport)
        time.sleep(0.005)


def test_a_document_that_is_pulled_is_aborted_and_said() -> None:
    said = failing(Code.REMOVED, until_cut, after=lambda page, _: page.seen.put_nowait(Removed()))
    assert "chip_read" not in types(said)
    reason = str(last(said).report.failure.reason())
    assert reason == "the document was taken from the reader while its chip was read"


def test_what_was_read_before_the_document_was_pulled_is_kept() -> None:
    def read(transport: Transport, zone: Mrz, observe: Any) -> ChipReading:
        try:
            until_cut(transport, zone, observe)
        except Exception:
            return Found(files={"COM": b"\x60\x00"})
        raise AssertionError

    said = failing(Code.REMOVED, read, after=lambda page, _: page.seen.put_nowait(Removed()))
    [chip] = [message for message in said if isinstance(message, messages.ChipRead)]
    assert set(chip.files) == {"COM"}


@pytest.mark.parametrize("which", ["page", "chip"])
def test_a_device_that_is_unplugged_while_it_reads_is_said(which: str) -> None:
    def unplug(page: Page, plugs: Any) -> None:
        if which == "page":
            page.seen.put_nowait(None)
        else:
            plugs.unplug("chip")

    said = failing(Code.DEVICE_LEFT, until_cut, after=unplug)
    name = "Page reader" if which == "page" else "Chip reader"
    assert str(last(said).report.failure.reason()) == f"{name} was unplugged"
    assert "device_left" in types(said)


def test_a_chip_that_does_not_open_says_that_the_key_is_wrong() -> None:
    failing(Code.WRONG_KEY, raising(AuthenticationError("the chip's answer is not made with this key")))


def test_a_chip_that_breaks_the_protocol_is_said() -> None:
    failing(Code.CHIP_FAULT, raising(ProtocolError("the chip answers two challenges at once")))


def test_a_program_error_in_the_reading_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(Code.CHIP_FAULT, raising(KeyError("x")))


def test_a_slow_chip_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=until_cut, said=said)
        desk.reading = desk.reading.model_copy(update={"longest_s": 0.2})
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    assert last(asyncio.run(work())).failure is Code.TOO_SLOW


@pytest.mark.parametrize("zone", ["P<UTO", "", "no zone at all"])
def test_a_zone_that_cannot_be_read_opens_no_chip(zone: str) -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=raising(AssertionError()), said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, *([ZoneRead(zone)] if zone else []), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    said = asyncio.run(work())
    assert types(said) == ["document_placed", "failed", "document_read"]
    assert (last(said).failure, last(said).mrz, last(said).report.access) == (Code.ZONE_UNREADABLE, "", "")


def test_a_document_without_a_chip_is_read_all_the_same() -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(None), said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    said = asyncio.run(work())
    assert types(said) == ["document_placed", "mrz_read", "document_read"]
    assert (last(said).failure, last(said).report.access) == (None, "")


def test_progress_and_events_reach_the_console_as_they_happen() -> None:
    progress = Told("file_progress", Reason("", file="DG2", percent=40, done=2, of=4))
    fall = Told("fell_to_bac", Reason("the chip offers no PACE"))

    def read(transport: Transport, zone: Mrz, observe: Callable[[ChipEvent], None]) -> ChipReading:
        observe(progress)
        observe(fall)
        return Found(events=(progress, fall))

    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    said = asyncio.run(work())
    [shown] = [message for message in said if isinstance(message, messages.ChipProgress)]
    assert (shown.file, shown.percent, shown.done, shown.of) == ("DG2", 40, 2, 4)
    [event] = [message for message in said if isinstance(message, messages.ChipEvent)]
    assert (event.name, str(event.detail.reason())) == ("fell_to_bac", "the chip offers no PACE")
    assert [each.name for each in last(said).report.events] == ["fell_to_bac"]


def test_the_next_document_ends_what_is_left_of_the_one_before() -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=until_cut, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE))
            await until(lambda: "mrz_read" in types(said))
            desk.read_chip = reads()
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    said = asyncio.run(work())
    documents = [message.document for message in said if isinstance(message, messages.DocumentPlaced)]
    assert len(documents) == 2
    assert last(said).document == documents[1]
    assert last(said).failure is None
