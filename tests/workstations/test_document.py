from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
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
    reads,
    running,
    transmit,
    types,
    until,
)

from gatehouse.device.reading_report import Sentence
from gatehouse.documents.chip.access import AccessKey
from gatehouse.documents.chip.apdu import Transport
from gatehouse.documents.chip.errors import (
    CardRemovedError,
    CardTimeoutError,
    ProtocolError,
    TransportError,
)
from gatehouse.documents.chip.reading import ChipReading, Event, Progress
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.workstations import messages
from gatehouse.workstations.devices import ImageTaken, Light, PageDone, Removed, ZoneRead
from gatehouse.workstations.messages import Code, FromAgent


def last(said: list[FromAgent]) -> messages.DocumentRead:
    [found] = [message for message in said if isinstance(message, messages.DocumentRead)]
    return found


def reason_of(said: list[FromAgent]) -> str:
    failure = last(said).report.failure
    assert failure is not None
    return str(failure.reason())


def test_a_document_is_read_from_its_placing_to_its_end() -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page, link = Page(), Link()
        checks = (Check("active_authentication", Result.SUCCESSFUL, Reason("signed")),)
        desk, _ = desk_of(page, ChipReader(link), read=reads(found(checks=checks)), said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), ImageTaken(Light.VISIBLE, b"\xff\xd8\xff"), PageDone())
            await until(lambda: "document_read" in types(said))
            page.seen.put_nowait(Removed())
            await until(lambda: "removed" in types(said))
        assert link.closed == 1
        return said

    said = run(work())
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

    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        begun.set()
        assert go_on.wait(5)
        return found()

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

    timings = last(run(work())).report.timings_ms
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

    said = run(work())
    [failed] = [message for message in said if isinstance(message, messages.Failed)]
    assert failed.code is code
    assert last(said).failure is code
    assert last(said).mrz == ZONE
    assert last(said).report.failure == failed.reason
    return said


def raising(error: Exception) -> Any:
    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        raise error

    return read


def until_cut(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
    """As `read_chip` does: what ends a reading is an event and a reason."""
    try:
        while True:
            transmit(transport)
            time.sleep(0.005)
    except TransportError as error:
        removed = Event("card_removed", error.reason, 1.0)
        return found(files={}, access="none", events=(removed,), stopped=error)


def test_a_document_that_is_pulled_is_aborted_and_said() -> None:
    said = failing(Code.REMOVED, until_cut, after=lambda page, _: page.seen.put_nowait(Removed()))
    assert reason_of(said) == "the document was taken from the reader while its chip was read"


def test_what_was_read_before_the_document_was_pulled_is_kept() -> None:
    def read(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        return replace(until_cut(transport, key), files={"COM": b"\x60\x00"})

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
    assert reason_of(said) == f"{name} was unplugged"
    assert "device_left" in types(said)


STOPPED = ProtocolError("the chip's answer is not made with this key")
SLOW, GONE = CardTimeoutError("the chip did not answer in time"), CardRemovedError("the document left the reader")
FAULT = (Code.CHIP_FAULT, STOPPED.reason)
SHORT = Reason("DG1 says it has 123 bytes and ends after 91")


@pytest.mark.parametrize(
    ("reading", "code", "said"),
    [
        (found(stopped=STOPPED, checks=(Check("chip_access", Result.FAILED, SHORT),)), Code.WRONG_KEY, STOPPED.reason),
        (found(stopped=STOPPED, checks=(Check("chip_access", Result.NOT_SUPPORTED, SHORT),)), *FAULT),
        (found(stopped=SLOW), Code.TOO_SLOW, SLOW.reason),
        (found(stopped=GONE), Code.REMOVED, GONE.reason),
        (found(stopped=STOPPED), *FAULT),
        (found(events=(Event("file_short", SHORT, 1),)), Code.CHIP_FAULT, SHORT),
        (found(events=(Event("file_too_large", SHORT, 1),)), Code.CHIP_FAULT, SHORT),
    ],
)
def test_what_ended_a_reading_is_said_by_its_cause(reading: ChipReading, code: Code, said: Reason) -> None:
    assert last(failing(code, reads(reading))).report.failure == Sentence.of(said)


def test_what_a_chip_lacks_is_no_failure() -> None:
    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        missing = Event("file_missing", Reason("the chip has no DG11"), 1)
        desk, _ = desk_of(page, ChipReader(Link()), read=reads(found(events=(missing,))), said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    assert last(run(work())).failure is None


def test_a_program_error_in_the_reading_is_no_silence() -> None:
    failing(Code.CHIP_FAULT, raising(KeyError("x")))


def test_a_reader_that_hangs_is_given_up() -> None:
    go_on = threading.Event()

    def hangs(transport: Transport, key: AccessKey | None, **_: Any) -> ChipReading:
        go_on.wait(30)
        return found()

    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=hangs, said=said)
        desk.reading = desk.reading.model_copy(update={"longest_s": -1.9})  # and two seconds of grace
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    assert last(run(work())).failure is Code.TOO_SLOW
    go_on.set()


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

    said = run(work())
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

    said = run(work())
    assert types(said) == ["document_placed", "mrz_read", "document_read"]
    assert (last(said).failure, last(said).report.access) == (None, "")


def test_progress_and_events_reach_the_console_as_they_happen() -> None:
    fall = Event("fell_to_bac", Reason("the chip offers no PACE"), 1.0)

    def read(
        transport: Transport,
        key: AccessKey | None,
        *,
        observe: Callable[[Event], None],
        progress: Callable[[Progress], None],
    ) -> ChipReading:
        progress(Progress("DG2", 6_000, 15_000, 2, 4))
        progress(Progress("DG1", 1, 0, 1, 8))
        observe(fall)
        return found(events=(fall,))

    async def work() -> list[FromAgent]:
        said: list[FromAgent] = []
        page = Page()
        desk, _ = desk_of(page, ChipReader(Link()), read=read, said=said)
        async with running(desk):
            await until(lambda: len(desk.devices) == 2)
            place(page, ZoneRead(ZONE), PageDone())
            await until(lambda: "document_read" in types(said))
        return said

    said = run(work())
    shown = [message for message in said if isinstance(message, messages.ChipProgress)]
    assert [(each.file, each.percent, each.done, each.of) for each in shown] == [("DG2", 40, 2, 4), ("DG1", 0, 1, 8)]
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

    said = run(work())
    documents = [message.document for message in said if isinstance(message, messages.DocumentPlaced)]
    assert len(documents) == 2
    assert last(said).document == documents[1]
    assert last(said).failure is None
