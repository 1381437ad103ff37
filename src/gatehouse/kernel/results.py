"""What a check found, and why: the vocabulary of BSI TR-03135-1 v2.5, clause 3.5.2."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Result(StrEnum):
    """The five answers a check can give. `ABORTED` is never evidence for or against a document."""

    SUCCESSFUL = "successful"
    FAILED = "failed"
    UNDETERMINED = "undetermined"
    NOT_SUPPORTED = "not supported"
    ABORTED = "aborted"


@dataclass(frozen=True, slots=True, init=False)
class Reason:
    """A sentence in English with named parts, `%(name)s`: the sentence is also the key of its translations.

    A part may be a reason itself: it is said in the reader's language as the whole is.

    >>> str(Reason("no CSCA of %(country)s is trusted", country="D"))
    'no CSCA of D is trusted'
    """

    text: str
    parts: dict[str, Any] = field(hash=False)

    def __init__(self, text: str, /, **parts: Any) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "parts", parts)

    def __str__(self) -> str:
        return self.text % self.parts if self.parts else self.text

    def as_dict(self) -> dict[str, Any]:
        """Plain data for storage; `Reason.from_dict` reads it back."""
        parts = {name: part.as_dict() if isinstance(part, Reason) else part for name, part in self.parts.items()}
        return {"text": self.text, "parts": parts}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reason:
        parts = {name: cls.from_dict(part) if isinstance(part, dict) else part for name, part in data["parts"].items()}
        return cls(data["text"], **parts)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a document or a person: what was looked at, what was found, and why.

    `duration_ms` is the time that it took, None where nobody measured it. Two checks that found the same are equal.
    """

    id: str
    result: Result
    reason: Reason
    duration_ms: float | None = field(default=None, compare=False, repr=False)

    def taking(self, milliseconds: float | None) -> Check:
        """The same with its duration, to the microsecond."""
        return Check(self.id, self.result, self.reason, milliseconds and round(milliseconds, 3))

    def as_dict(self) -> dict[str, Any]:
        """For machines: the reason as its English sentence."""
        return {"id": self.id, "result": self.result.value, "reason": str(self.reason)}
