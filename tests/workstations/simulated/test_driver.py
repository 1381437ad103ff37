from __future__ import annotations

from contextlib import aclosing
from pathlib import Path

import pytest
from tests.asynchronous import run

from gatehouse.documents.images import ImageFormat, inspect
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.kernel.results import Result
from gatehouse.simulation.desk import simulated_driver
from gatehouse.workstations.devices import Arrived, Device, Light
from gatehouse.workstations.simulated import SimulatedDriver, Specimen
from gatehouse.workstations.simulated.page import draw

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


class Nobody:
    def next(self) -> Specimen | None:
        return None


async def devices(driver: SimulatedDriver, count: int) -> dict[str, Device]:
    found: dict[str, Device] = {}
    async with aclosing(driver.watch()) as changes:  # type: ignore[type-var]
        async for change in changes:
            assert isinstance(change, Arrived)
            found[change.device.info.kind.value] = change.device
            if len(found) == count:
                break
    return found


def test_one_device_of_each_kind_is_there_and_in_order() -> None:
    async def work() -> None:
        found = await devices(SimulatedDriver({}, Nobody()), 5)
        assert set(found) == {"page_reader", "chip_reader", "camera", "fingerprint_scanner", "barcode_reader"}
        for device in found.values():
            assert (await device.self_test()).result is Result.SUCCESSFUL
            assert device.info.name.startswith("Simulated ")

    run(work())


def test_where_nobody_stands_nothing_is_captured_or_read() -> None:
    async def work() -> None:
        found = await devices(SimulatedDriver({}, Nobody()), 5)
        with pytest.raises(RefusedError, match="nobody stands before the camera"):
            await found["camera"].capture()
        with pytest.raises(RefusedError, match="no finger lies on the scanner"):
            await found["fingerprint_scanner"].capture()
        assert await found["chip_reader"].connect() is None

    run(work())


def test_the_settings_choose_the_kinds() -> None:
    found = run(devices(SimulatedDriver({"kinds": ["mrz_swipe", "camera"]}, Nobody()), 2))
    assert set(found) == {"mrz_swipe", "camera"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"kinds": ["kettle"]}, "the driver simulated: kinds.0: Input should be"),
        ({"step_ms": -1}, "the driver simulated: step_ms: Input should be greater than or equal to 0"),
        ({"speed": 1}, "the driver simulated: speed: Extra inputs are not permitted"),
        ({"direction": "up"}, "the direction up is none of entry, exit, transit"),
    ],
)
def test_an_option_that_is_wrong_is_named(options: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=said):
        simulated_driver(options, state=tmp_path)


@pytest.mark.parametrize("light", list(Light))
def test_a_page_is_drawn_under_each_light(light: Light) -> None:
    found = inspect(draw(ZONE, light))
    assert (found.format, found.width, found.height) == (ImageFormat.JPEG, 640, 450)
