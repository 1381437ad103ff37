"""Which instruction a lane shows, and in which words. A language is one more file in `texts`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from gatehouse.gates.devices import Tone
from gatehouse.gates.machine import Event, Situation, State
from gatehouse.law.egate import Obstacle

#: Said where nothing says which language somebody reads, and where the agency is.
USUAL = "zh-hant"
_OTHERS = "en"
SCREENS: dict[State, str] = {
    State.CLOSED: "closed",
    State.IDLE: "place_document",
    State.DOCUMENT_PLACED: "reading",
    State.READING: "reading",
    State.CHECKING: "reading",
    State.SENT_TO_DESK: "to_desk",
    State.SENT_TO_GATE: "to_gate",
    State.ENTRY_OPEN: "step_in",
    State.OCCUPIED: "stand",
    State.FACE: "look",
    State.FINGER: "finger",
    State.ENROLMENT: "consent",
    State.RECORDING: "recording",
    State.EXIT_OPEN: "go",
    State.CLEARED: "cleared",
    State.HANDED_OVER: "officer",
    State.BACKING_OUT: "step_back",
    State.RESETTING: "reset",
    State.EMERGENCY: "emergency",
}
_TONES = {
    "go": Tone.GOOD,
    "step_in": Tone.GOOD,
    "cleared": Tone.GOOD,
    "emergency": Tone.STOP,
    "closed": Tone.STOP,
    "to_desk": Tone.OTHER,
}
#: What a person is told of an obstacle or a trouble; of a list or a ban the officer speaks, not the lane.
_TOLD = frozenset({"age", "height", "chip", "enrolment", "group", "validity", "document"})
_TROUBLES = {
    Event.UNREADABLE: "document",
    Event.TAILGATING: "alone",
    Event.TWO_FACES: "alone",
    Event.OBJECT_LEFT: "object",
    Event.NOT_MATCHED: "face",
}
#: One traveller is one transaction: a child who is too young, too small or carried goes to a desk, and not alone.
_FAMILY = frozenset({"age", "height", "alone"})
_SAY_WHY = frozenset({"to_desk", "officer", "step_back"})


class Language(BaseModel):
    """One file of `texts`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: As its readers write it.
    name: str
    #: States whose documents choose it, by their codes in a machine readable zone.
    states: frozenset[str]
    #: By code: the instruction, and one sentence more.
    screens: dict[str, tuple[str, str]]
    reasons: dict[str, str]
    #: Said beside a reason that a child brings about: who came together goes on together.
    together: str
    buttons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Screen:
    code: str
    language: str
    title: str
    help: str
    #: One sentence why, or nothing.
    reason: str
    tone: Tone
    buttons: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "language": self.language,
            "title": self.title,
            "help": self.help,
            "reason": self.reason,
            "tone": self.tone.value,
            "buttons": self.buttons,
        }


@cache
def languages() -> dict[str, Language]:
    """Every language by its tag (BCP 47), that of the agency first."""
    found = {
        each.name.removesuffix(".yaml"): Language.model_validate(yaml.safe_load(each.read_text(encoding="utf-8")))
        for each in (files(__package__) / "texts").iterdir()
        if each.name.endswith(".yaml")
    }
    return dict(sorted(found.items(), key=lambda item: (item[0] != USUAL, item[0])))


def language_of(nationality: str) -> str:
    """The language in which a holder of such a document is spoken to, until they choose another."""
    if not nationality:
        return USUAL
    return next((tag for tag, each in languages().items() if nationality in each.states), _OTHERS)


def screen(situation: Situation, obstacles: tuple[Obstacle, ...], language: str) -> Screen:
    words = languages()[language]
    code = SCREENS[situation.state]
    title, more = words.screens[code]
    why = _reason(situation, obstacles) if code in _SAY_WHY else ""
    reason = words.reasons.get(why, "")
    if why in _FAMILY and code != "officer":  # there they wait
        reason = f"{reason} {words.together}"
    return Screen(code, language, title, more, reason, _TONES.get(code, Tone.USUAL), words.buttons)


def _reason(situation: Situation, obstacles: tuple[Obstacle, ...]) -> str:
    """Nothing where any obstacle is none that a lane speaks of: what is left out must say nothing either."""
    if situation.state is State.SENT_TO_DESK and obstacles:
        codes = [each.code for each in obstacles]
        return codes[0] if all(code in _TOLD for code in codes) else ""
    return _TROUBLES.get(situation.trouble, "") if situation.trouble else ""
