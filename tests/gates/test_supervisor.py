"""The supervisor's desk: live lanes on one screen, a hand-over with its faces, commands that a ledger keeps."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.asynchronous import run
from tests.gates.lanes import LANE
from tests.gates.live import LiveLane
from tests.gates.running import guest
from tests.web.screens import assert_accessible, picture
from websockets.asyncio.client import connect

from gatehouse.gates.machine import Event, State
from gatehouse.gates.officers import COMMANDS
from gatehouse.gates.supervisor.relay import LANGUAGES, Relay, texts
from gatehouse.gates.supervisor.settings import DeskSettings, LaneAddress
from gatehouse.kernel.errors import UnreadableError


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_trouble_and_command_has_its_word(language: str) -> None:
    words = texts(language)
    assert set(words["states"]) == {state.value for state in State}
    assert set(words["commands"]) == set(COMMANDS)
    troubles = set(texts("en")["troubles"])
    assert set(words["troubles"]) == troubles <= {event.value for event in Event}


def test_the_settings_name_one_to_ten_lanes(tmp_path: Path) -> None:
    file = tmp_path / "desk.toml"
    lane = '[[lanes]]\nname = "TPE-E{}"\naddress = "ws://127.0.0.1:1"\ntoken = "t"\n'
    file.write_text('code = "code"\n' + "".join(lane.format(place) for place in range(10)))
    assert len(DeskSettings.load(file).lanes) == 10
    for text in ('code = "code"\n', 'code = "code"\n' + "".join(lane.format(place) for place in range(11)), "code = "):
        file.write_text(text)
        with pytest.raises(UnreadableError):
            DeskSettings.load(file)


def test_without_the_desks_code_nothing_is_shown_and_nothing_ordered(tmp_path: Path) -> None:
    async def walk() -> None:
        lanes = (LaneAddress(name=LANE, address="ws://127.0.0.1:1", token=tmp_path / "t"),)
        relay = Relay(lanes, code="right")
        server = await relay.serve(0)
        port = next(iter(server.sockets)).getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}/live") as page:
            assert json.loads(await page.recv())["type"] == "texts"
            for said in (
                {"code": "wrong", "officer": "chen"},
                {"code": "right", "officer": " "},
                {"command": "release"},
            ):
                await page.send(json.dumps(said))
                assert json.loads(await page.recv()) == {"type": "refused"}
            await page.send(json.dumps({"code": "right", "officer": "chen"}))
            assert json.loads(await page.recv()) == {"type": "signed_on"}
            assert json.loads(await page.recv())["state"] == "unreachable"
        server.close()
        await server.wait_closed()

    run(walk())


class LiveDesk:
    """The desk in a thread of its own, with lanes of which one lives."""

    def __init__(self, lane: LiveLane, folder: Path) -> None:
        (folder / "token").write_text("t\n")
        address = lane.address.removesuffix("/").replace("http", "ws")
        gone = LaneAddress(name="TPE-E02", address="ws://127.0.0.1:1", token=folder / "token")
        self._relay = Relay((LaneAddress(name=LANE, address=address, token=folder / "token"), gone), code="right")
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._live()), daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    async def _live(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await self._relay.serve(0)
        self.address = f"http://127.0.0.1:{next(iter(server.sockets)).getsockname()[1]}/"
        following = asyncio.create_task(self._relay.run())
        self._ready.set()
        await self._end.wait()
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        server.close()
        await server.wait_closed()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(20)


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveLane]:
    with LiveLane(tmp_path) as lane:
        yield lane


@pytest.fixture
def desk(live: LiveLane, tmp_path: Path) -> Iterator[LiveDesk]:
    started = LiveDesk(live, tmp_path)
    yield started
    started.end()


@pytest.mark.real
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_hand_over_is_decided_and_an_emergency_asks_twice(
    live: LiveLane, desk: LiveDesk, page: Page, theme: str
) -> None:
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(desk.address)
    page.locator("#languages button[lang=en]").click()
    page.locator("#officer").fill("chen")
    page.locator("#code").fill("wrong")
    page.locator("#go").click()
    expect(page.locator("#refused")).to_have_text("That is not this desk's code.")
    assert_accessible(page)
    page.locator("#code").fill("right")
    page.locator("#go").click()
    tile, gone = page.locator(f'[data-lane="{LANE}"]'), page.locator('[data-lane="TPE-E02"]')
    expect(tile.locator(".state")).to_have_text("free")
    expect(gone.locator(".state")).to_have_text("! not reachable")

    live.come(guest("JPN", 12, face_of=77))
    expect(tile.locator(".state")).to_have_text("! officer", timeout=15_000)
    expect(page.locator("#alarm")).to_have_text(f"{LANE}: an officer is needed (face or finger not matched)")
    expect(tile.locator("img")).to_have_count(2)
    assert tile.locator("img").evaluate_all("all => all.every(each => each.naturalWidth > 0)")
    assert_accessible(page)
    picture(page, f"desk-hand-over-{theme}")
    tile.focus()
    page.keyboard.press("r")
    expect(tile.locator(".state")).to_have_text("free", timeout=15_000)
    expect(tile.locator("img")).to_have_count(0)
    assert live.kinds() == ["crossing", "passed"]
    told = [json.loads(event.body or "") for event in live.events() if event.kind == "lane"]
    assert [(each["officer"], each["command"]) for each in told if each["officer"]] == [("chen", "release")]

    page.keyboard.press("1")
    page.keyboard.press("e")
    expect(page.locator("#alarm")).to_contain_text("Press again for the emergency")
    expect(tile.locator(".state")).to_have_text("free")
    page.keyboard.press("e")
    expect(tile.locator(".state")).to_have_text("! EMERGENCY")
    page.locator("#languages button[lang=zh-hant]").click()
    expect(tile.locator(".state")).to_have_text("! 緊急")
    tile.locator("[data-command=reset]").click()
    expect(tile.locator(".state")).to_have_text("可用", timeout=15_000)
