"""Whose biometrics the law lets an agency take at inspection, who is exempt, and how long they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from gatehouse.law.dated import Personal, in_force
from gatehouse.law.terms import Term

#: Where a profile keeps its rules.
TABLE = "law/biometrics.yaml"


class Modality(StrEnum):
    FACE = "face"
    FINGERPRINTS = "fingerprints"


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exemption(_Row):
    """Who need not be captured. An age says it by itself; anything else an officer finds and records."""

    ground: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    #: In the profile's languages.
    about: dict[str, str]
    #: The provision, as an officer cites it.
    article: str
    #: Full years; None where it is no matter of age.
    below_age: int | None = None


class CaptureRule(Personal):
    """Of whom biometrics are taken at entry, and by which they are recognised when they cross the border again.

    `article` orders the capture. `permit_kinds`, where there are any, are the permits by which these people are known.
    """

    #: What the law calls these people, in the profile's languages.
    people: dict[str, str]
    permit_kinds: frozenset[str] = frozenset()
    modalities: tuple[Modality, ...] = Field(min_length=1)
    #: What orders that they are recognised by them at each crossing; empty where nothing does.
    recognition: str = ""
    #: What may follow for somebody who declines: the provision.
    refusal: str
    exemptions: tuple[Exemption, ...] = ()

    def concerns_person(self, nationality: str, permit_kind: str | None) -> bool:
        return self.concerns(nationality) and (not self.permit_kinds or permit_kind in self.permit_kinds)

    def exempt_by_age(self, age: int | None) -> Exemption | None:
        """The exemption of somebody of so many full years; None where the age is not known."""
        if age is None:
            return None
        return next((each for each in self.exemptions if each.below_age is not None and age < each.below_age), None)

    def exemption(self, ground: str) -> Exemption | None:
        """The exemption that an officer names."""
        return next((each for each in self.exemptions if each.ground == ground), None)


class Retention(_Row):
    """How long what was captured is kept, counted from the day of the person's last capture."""

    #: None: kept until somebody decides that it is erased.
    term: Term | None
    article: str
    source: str = Field(min_length=1)


class CaptureTable(_Row):
    """A profile's `law/biometrics.yaml`."""

    rules: tuple[CaptureRule, ...]
    retention: Retention


def capture_rule(
    rules: Iterable[CaptureRule], nationality: str, permit_kind: str | None, on: date
) -> CaptureRule | None:
    """The rule that concerns a person on that day; None where their biometrics are none of the agency's business."""
    return next((rule for rule in in_force(rules, on) if rule.concerns_person(nationality, permit_kind)), None)
