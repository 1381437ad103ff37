"""Enrolment in the lane: consent, a good picture, one to one against the chip; nothing is kept without all three."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

from gatehouse.biometrics.comparing import FaceComparison
from gatehouse.device.enrolling import CONSENT, sealed
from gatehouse.device.events import Enrolled
from gatehouse.kernel.errors import RefusedError
from gatehouse.kernel.results import Result

#: Of 100: a picture to be kept is better than one that is only compared (`Policy.least_quality`).
LEAST_QUALITY = 40


@dataclass(frozen=True, slots=True)
class Answer:
    agrees: bool
    #: In which language the words were read.
    language: str


class Consent:
    """What the traveller before the screen answers. An answer that nobody asked for is none."""

    def __init__(self) -> None:
        self._asked: asyncio.Future[Answer] | None = None

    def answer(self, agrees: bool, language: str) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(Answer(agrees, language))

    async def ask(self) -> Answer:
        """Until they answer, or the lane gives up on it."""
        self._asked = asyncio.get_running_loop().create_future()
        try:
            return await self._asked
        finally:
            self._asked = None


def enrolled(
    *, answer: Answer, at: datetime, zone: str, live: bytes | None, found: FaceComparison | None, centre: str
) -> Enrolled:
    """What is written of an enrolment. Raises `RefusedError` where one of the three is missing: nothing is kept."""
    if not answer.agrees:
        raise RefusedError("the person did not agree to be enrolled")
    if live is None or found is None or found.result is not Result.SUCCESSFUL or found.live_quality is None:
        raise RefusedError("nobody is enrolled whose face was not compared with the chip")
    if found.live_quality.score < LEAST_QUALITY:
        raise RefusedError(
            "the picture is too poor to be enrolled: %(score)d of 100, %(least)d are asked for",
            score=found.live_quality.score,
            least=LEAST_QUALITY,
        )
    if not centre:
        raise RefusedError("this lane's lists let nobody be enrolled in it")
    return Enrolled(
        mrz=zone,
        consent=CONSENT,
        language=answer.language,
        consented_at=at,
        engine=found.engine.id,
        quality=found.live_quality.score,
        picture=sealed(live, centre=centre),
    )
