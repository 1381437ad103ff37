"""The driver of PC/SC readers as an agent uses it, with a chip in the virtual reader of a real pcscd."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from contextlib import aclosing
from datetime import date
from pathlib import Path

import pytest
from tests.asynchronous import run
from tests.workstations.at_desk import agent, hear_until, passport
from tests.workstations.pcsc.test_real_reader import lying, service  # noqa: F401 (a pcscd for this module too)

from gatehouse.documents.chip.reading import ReadingPolicy, attempt
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import Issuer
from gatehouse.workstations.devices import Arrived, Device, DeviceGoneError, DeviceKind
from gatehouse.workstations.pcsc import Context
from gatehouse.workstations.pcsc import driver as module
from gatehouse.workstations.pcsc.driver import PcscDriver, PcscReader

pytestmark = pytest.mark.real
ON = date(2026, 11, 22)


async def found(driver: PcscDriver, count: int = 1) -> list[Device]:
    devices: list[Device] = []
    async with asyncio.timeout(10), aclosing(driver.watch()) as changes:  # type: ignore[type-var]
        async for change in changes:
            assert isinstance(change, Arrived)
            devices.append(change.device)
            if len(devices) == count:
                break
    return devices


def test_each_reader_of_the_service_is_a_device_that_tests_itself() -> None:
    async def work() -> None:
        [device] = await found(PcscDriver({"readers": ["Virtual PCD 00 00"]}))
        assert (device.info.kind, device.info.name) == (DeviceKind.CHIP_READER, "Virtual PCD 00 00")
        assert device.info.id == "pcsc:Virtual PCD 00 00"
        assert (await device.self_test()).result is Result.SUCCESSFUL

    run(work())


def test_a_chip_is_read_through_the_device(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Issuer("UT", "UTO", seed=1, on=ON).personalise(made_up_holder("UTO", 7, on=ON, youngest=18))

    async def work(reader: str) -> None:
        [device] = await found(PcscDriver({"readers": [reader]}))
        link = await device.connect()
        assert link is not None
        reading = attempt(link, document.image.mrz, policy=ReadingPolicy(files=("COM", "SOD", "DG1")))
        link.close()
        assert dict(reading.files) == {name: document.image.files[name] for name in ("COM", "SOD", "DG1")}

    with Context() as context, lying(context, document.image) as reader:
        run(work(reader))


def test_an_agent_reads_a_chip_at_a_pcsc_reader_beside_a_page_reader_of_another_make(tmp_path: Path) -> None:
    document = passport()
    options = {"kinds": ["page_reader"]}
    with (
        Context() as context,
        lying(context, document.image),
        agent(tmp_path, document=document, drivers=("pcsc",), options=options) as desk,
        desk.console() as console,
    ):
        said = hear_until(console, "document_read")
    assert said[-1]["failure"] is None
    assert said[-1]["report"]["devices"]["chip"].startswith("Virtual PCD")
    [chip] = [message for message in said if message["type"] == "chip_read"]
    assert {name: b64decode(data) for name, data in chip["files"].items()} == document.files


def test_a_reader_without_a_chip_gives_none_and_one_that_is_gone_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SEEN_WITHIN_S", 0.1)
    assert run(PcscReader("Virtual PCD 00 01").connect()) is None
    with pytest.raises(DeviceGoneError, match="No such reader was unplugged"):
        run(PcscReader("No such reader").connect())
    assert run(PcscReader("No such reader").self_test()).result is Result.FAILED
