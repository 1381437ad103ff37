"""Enrolment in the lane: consent, quality and the chip, sealed to the centre; without one of them nothing is kept."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.asynchronous import run
from tests.gates.running import NOW, Running, guest, running, world

from gatehouse.biometrics.comparing import FaceComparison
from gatehouse.biometrics.quality import Quality
from gatehouse.biometrics.reference import INFO
from gatehouse.device import enrolling
from gatehouse.gates.enrolment import Answer, Consent, enrolled
from gatehouse.gates.machine import Event, State
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.kernel.results import Reason, Result


async def to_consent(lane: Running) -> None:
    await lane.reach(State.IDLE)
    lane.simulated.come(guest("TWN", 21))
    await lane.reach(State.ENROLMENT)
    await asyncio.sleep(0.02)


def test_who_agrees_is_enrolled_and_passes_and_only_the_centre_can_read_the_picture(tmp_path: Path) -> None:
    async def walk() -> None:
        consent = Consent()
        async with running(tmp_path, consent=consent) as lane:
            await to_consent(lane)
            consent.answer(agrees=True, language="ko")
            await lane.reach(State.IDLE)
            assert lane.kinds() == ["enrolment", "crossing", "passed"]
            said = json.loads(next(event.body for event in lane.ledger.events() if event.kind == "enrolment") or "")
            picture = said.pop("picture")
            assert said == {
                "mrz": guest("TWN", 21).zone,
                "consent": enrolling.CONSENT,
                "language": "ko",
                "consented_at": NOW.isoformat().replace("+00:00", "Z"),
                "engine": INFO.id,
                "quality": said["quality"],
            }
            assert said["quality"] >= 40
            assert enrolling.opened(picture, world().enrolment) == guest("TWN", 21).face
            with pytest.raises(UnreadableError, match="not sealed to this centre"):
                enrolling.opened(picture, X25519PrivateKey.generate())

    run(walk())


def test_who_declines_is_handed_over_and_nothing_is_kept(tmp_path: Path) -> None:
    async def walk() -> None:
        consent = Consent()
        async with running(tmp_path, consent=consent) as lane:
            consent.answer(agrees=True, language="en")  # nobody asked
            await to_consent(lane)
            consent.answer(agrees=False, language="en")
            assert await lane.reach(State.HANDED_OVER)
            assert lane.program.situation.trouble is Event.NOT_ENROLLED
            assert lane.kinds() == []

    run(walk())


def test_without_consent_chip_or_quality_nobody_is_enrolled() -> None:
    quality = Quality({"sharpness": 90})
    good = FaceComparison(Result.SUCCESSFUL, Reason("x"), INFO, live_quality=quality)
    centre = enrolling.public_text(world().enrolment)
    given = {"at": NOW + timedelta(0), "zone": guest().zone, "live": b"jpeg", "found": good, "centre": centre}
    yes = Answer(agrees=True, language="en")
    assert enrolled(answer=yes, **given).quality == 90  # type: ignore[arg-type]
    poor = replace(good, live_quality=Quality({"sharpness": 39}))
    for changes, said in (
        ({"answer": Answer(agrees=False, language="en")}, "did not agree"),
        ({"found": None}, "not compared with the chip"),
        ({"found": replace(good, result=Result.UNDETERMINED)}, "not compared with the chip"),
        ({"live": None}, "not compared with the chip"),
        ({"found": poor}, "39 of 100, 40 are asked for"),
        ({"centre": ""}, "let nobody be enrolled"),
    ):
        with pytest.raises(RefusedError, match=said):
            enrolled(**{"answer": yes, **given, **changes})  # type: ignore[arg-type]
