"""What a lane says to the person in it: every state in every language, and nothing that is not theirs to hear."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any

import pytest
from tests.asynchronous import run
from tests.device.made import clock
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from gatehouse.device.words import Direction
from gatehouse.gates.guidance.screens import SCREENS, language_of, languages, screen
from gatehouse.gates.guidance.server import Guidance
from gatehouse.gates.machine import Event, Situation, State
from gatehouse.gates.officers import COMMANDS, OfficerLine
from gatehouse.gates.view import View
from gatehouse.kernel.results import Reason
from gatehouse.law.egate import Obstacle

AT_LEAST = ["zh-hant", "en", "id", "ja", "ko", "th", "vi"]


def obstacle(code: str) -> Obstacle:
    return Obstacle(code, Reason("for the officer"), "")


def test_the_languages() -> None:
    assert list(languages()) == AT_LEAST
    assert {tag: each.name for tag, each in languages().items()} == {
        "zh-hant": "中文",
        "en": "English",
        "id": "Bahasa Indonesia",
        "ja": "日本語",
        "ko": "한국어",
        "th": "ไทย",
        "vi": "Tiếng Việt",
    }


@pytest.mark.parametrize("language", AT_LEAST)
def test_every_language_says_the_same_things(language: str) -> None:
    words, english = languages()[language], languages()["en"]
    assert set(words.screens) == set(SCREENS.values()) == set(english.screens)
    assert set(words.reasons) == set(english.reasons)
    assert set(words.buttons) == set(english.buttons)
    if language != "en":
        assert not {title for title, _ in words.screens.values()} & {title for title, _ in english.screens.values()}
    assert len({title for title, _ in words.screens.values()}) == len(words.screens)


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_screen(state: State) -> None:
    assert screen(Situation(state=state), (), "en").title


@pytest.mark.parametrize(
    ("nationality", "language"), [("", "zh-hant"), ("TWN", "zh-hant"), ("JPN", "ja"), ("VNM", "vi"), ("FRA", "en")]
)
def test_the_language_follows_the_document(nationality: str, language: str) -> None:
    assert language_of(nationality) == language


def test_a_person_is_told_what_concerns_them() -> None:
    at_desk = Situation(state=State.SENT_TO_DESK)
    assert screen(at_desk, (obstacle("height"),), "en").reason == (
        "You are not tall enough for the camera of this lane. "
        "Families with small children: please go to the desk together."
    )
    assert screen(at_desk, (obstacle("chip"),), "en").reason == "This lane reads passports with a chip only."
    out = Situation(state=State.BACKING_OUT, trouble=Event.TAILGATING)
    assert screen(out, (), "id").reason.endswith("Keluarga dengan anak kecil: silakan pergi ke konter bersama-sama.")
    alone = Situation(state=State.HANDED_OVER, trouble=Event.TWO_FACES)
    assert screen(alone, (), "ja").reason == "お一人ずつご利用ください。"


@pytest.mark.parametrize("codes", [("listed",), ("exit_ban",), ("age", "listed"), ("unknown.height_cm",)])
def test_of_lists_and_bans_a_lane_says_nothing(codes: tuple[str, ...]) -> None:
    at_desk = Situation(state=State.SENT_TO_DESK, trouble=Event.REFER)
    assert screen(at_desk, tuple(obstacle(code) for code in codes), "en").reason == ""
    assert screen(Situation(state=State.HANDED_OVER, trouble=Event.ATTACK), (), "en").reason == ""


class Served:
    """A guidance server, and what it told the lane."""

    def __init__(self) -> None:
        self.told: list[tuple[Event, str]] = []
        self.consented: list[tuple[bool, str]] = []
        officers = OfficerLine(lane="TPE-E01", token="lane token", obeyed=self.obeyed, clock=clock())
        self.guidance = Guidance(consented=self.consents, officers=officers)

    def obeyed(self, command: Event, officer: str) -> None:
        self.told.append((command, officer))

    def consents(self, agrees: bool, language: str) -> None:
        self.consented.append((agrees, language))

    async def __aenter__(self) -> Served:
        self.server = await self.guidance.serve(0)
        self.port = next(iter(self.server.sockets)).getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        await self.server.wait_closed()

    def show(self, state: State, nationality: str = "") -> None:
        self.guidance.show(View(Situation(state=state), (), Direction.EXIT, nationality))

    def address(self, path: str) -> str:
        return f"ws://127.0.0.1:{self.port}{path}"


async def read(page: Any) -> tuple[str, str]:
    async with asyncio.timeout(10):
        said = json.loads(await page.recv())["screen"]
    return said["code"], said["language"]


def test_a_page_follows_the_lane_and_its_language_ends_with_the_traveller() -> None:
    async def walk() -> None:
        async with Served() as served, connect(served.address("/live")) as page:
            assert await read(page) == ("closed", "zh-hant")
            served.show(State.READING, "JPN")
            assert await read(page) == ("reading", "ja")
            await page.send(json.dumps({"language": "ko"}))
            assert await read(page) == ("reading", "ko")
            await page.send(json.dumps({"language": "xx", "consent": "yes"}))
            await page.send("no JSON")
            await page.send(json.dumps({"consent": True}))
            served.show(State.FACE, "JPN")
            assert await read(page) == ("look", "ko")
            served.show(State.IDLE)
            assert await read(page) == ("place_document", "zh-hant")
            assert served.consented == [(True, "ko")]
            assert served.told == []

    run(walk())


def test_an_officer_needs_the_lanes_token() -> None:
    async def walk() -> None:
        async with Served() as served:
            async with connect(served.address("/officer")) as line:
                await line.send(json.dumps({"token": "another"}))
                with pytest.raises(ConnectionClosed):
                    await line.recv()
            assert served.told == []
            async with connect(served.address("/officer")) as line:
                await line.send(json.dumps({"token": "lane token"}))
                assert json.loads(await line.recv())["state"] == "closed"
                for name in (*COMMANDS, "fire"):
                    await line.send(json.dumps({"command": name, "officer": "chen"}))
                    assert json.loads(await line.recv()) == {"type": "answer", "known": name in COMMANDS}
                await line.send(json.dumps({"command": "release"}))
                assert json.loads(await line.recv()) == {"type": "answer", "known": False}
            assert served.told == [(command, "chen") for command in COMMANDS.values()]

    run(walk())


def test_a_page_of_another_origin_or_host_is_not_answered() -> None:
    def get(port: int, path: str, host: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers={"Host": host})
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Security-Policy"]

    async def walk() -> None:
        async with Served() as served:
            for path in ("/live", "/officer"):
                with pytest.raises(InvalidStatus, match="403"):
                    async with connect(served.address(path), origin="http://evil.example"):  # type: ignore[arg-type]
                        pass
            own = f"127.0.0.1:{served.port}"
            for path, host, status in (("/", own, 200), ("/lane.js", own, 200), ("/x", own, 404), ("/", "evil", 421)):
                found, policy = await asyncio.to_thread(get, served.port, path, host)
                assert found == status
                assert policy.startswith("default-src 'none'")

    run(walk())
