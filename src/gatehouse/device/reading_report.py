"""What a desk reports about how it read a document's chip, beside the bytes that it read.

The centre judges the bytes itself. Of a report it takes over what bytes cannot show (which protocol opened the chip,
what the chip proved while it lay there, how long each step took), bounded and as the desk's word.
"""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Check, Reason, Result

LARGEST = 64 * 1024
#: The event by which a desk says that the zone it sends was read from the chip, as the page gave none.
ZONE_OF_CHIP = "zone_of_chip"
#: A place of a sentence, or a percent sign, as formatting reads them from the left: "%(a%%)s" is neither.
_PLACE = re.compile(r"%%|%\((?P<name>\w{1,32})\)(?P<kind>[sd])")
_Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]{1,64}$")]
_Milliseconds = Annotated[float, Field(ge=0, le=3_600_000, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Sentence(_Strict):
    """A `Reason` on the wire: an English sentence with named parts, each a short text or a whole number."""

    text: Annotated[str, Field(min_length=1, max_length=300)]
    parts: Annotated[dict[_Name, Sentence | int | Annotated[str, Field(max_length=300)]], Field(max_length=8)] = {}

    @field_validator("text")
    @classmethod
    def _plain_places(cls, text: str) -> str:
        if "%" in _PLACE.sub("", text):
            raise ValueError("only places of the form %(name)s or %(name)d may stand in a sentence")
        return text

    def model_post_init(self, context: Any) -> None:
        for name, kind in (place.group("name", "kind") for place in _PLACE.finditer(self.text)):
            if name is None:
                continue
            if name not in self.parts or (kind == "d" and not isinstance(self.parts[name], int)):
                msg = f"the sentence lacks its part {name}"
                raise ValueError(msg)

    def reason(self) -> Reason:
        parts = {name: part.reason() if isinstance(part, Sentence) else part for name, part in self.parts.items()}
        return Reason(self.text, **parts)

    @classmethod
    def of(cls, reason: Reason) -> Sentence:
        """A reason for the wire; parts that are neither texts, numbers nor reasons are sent as their text."""
        return cls(text=reason.text, parts={name: _part(part) for name, part in reason.parts.items()})


def _part(part: object) -> Sentence | int | str:
    if isinstance(part, Reason):
        return Sentence.of(part)
    return part if isinstance(part, int) and not isinstance(part, bool) else str(part)[:300]


class ReportedCheck(_Strict):
    id: _Name
    result: Result
    reason: Sentence
    #: None where nobody measured it, as an agent of before that did not.
    duration_ms: _Milliseconds | None = None

    def check(self) -> Check:
        return Check(self.id, self.result, self.reason.reason(), self.duration_ms)

    @classmethod
    def of(cls, check: Check) -> ReportedCheck:
        reason = Sentence.of(check.reason)
        return cls(id=check.id, result=check.result, reason=reason, duration_ms=check.duration_ms)


class ReportedEvent(_Strict):
    """What happened while the chip was read: "fell_to_bac", "file_missing" …, at so many milliseconds."""

    name: _Name
    detail: Sentence
    at_ms: _Milliseconds


class ReadingReport(_Strict):
    """How one document was read at one desk."""

    #: The program at the desk, and the devices that read: "optical" and "chip".
    agent: Annotated[str, Field(max_length=64)]
    devices: Annotated[dict[_Name, Annotated[str, Field(max_length=120)]], Field(max_length=8)] = {}
    #: The protocol that opened the chip, as "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ", "BAC" or "none"; empty where no chip
    #: was read.
    access: Annotated[str, Field(max_length=64)] = ""
    checks: Annotated[tuple[ReportedCheck, ...], Field(max_length=16)] = ()
    events: Annotated[tuple[ReportedEvent, ...], Field(max_length=100)] = ()
    #: Milliseconds of each step; "total" from the document's placing to the end of its reading.
    timings_ms: Annotated[dict[_Name, _Milliseconds], Field(max_length=64)] = {}
    #: Why the chip was not read to its end; None where it was, or where there is none.
    failure: Sentence | None = None

    @classmethod
    def read(cls, text: str | bytes) -> ReadingReport:
        """A report as a desk sends it, in JSON. Raises `UnreadableError`, which says where it is wrong."""
        if len(text) > LARGEST:
            raise UnreadableError("the report of a desk is larger than %(kib)d KiB", kib=LARGEST // 1024)
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise UnreadableError(
                "the report of a desk cannot be read: %(place)s: %(cause)s", place=place, cause=first["msg"]
            ) from error
