"""Records of a small plan, each with what a test does not say filled in."""

from __future__ import annotations

from typing import Any

from gatehouse.performance.domain import records

NAME = {"en": "x"}


def record(model: type[records.Record], code: str, **facts: Any) -> Any:
    return model.model_validate({"code": code, "source": "minutes", **facts})


def terms(**facts: Any) -> records.PlanTerms:
    found: records.PlanTerms = record(
        records.PlanTerms, "house", **{"name": NAME, "owner": NAME, "first_year": 112, "last_year": 113, **facts}
    )
    return found


def milestone(code: str = "works", **facts: Any) -> records.Milestone:
    found: records.Milestone = record(
        records.Milestone,
        code,
        **{"year": 112, "position": 1, "name": NAME, "weight": 60, "complete_at": "accepted",
           "starts": "2023-01-01", "ends": "2023-06-30", **facts},
    )  # fmt: skip
    return found


def event(code: str, kind: str, day: str, *milestones: str, **facts: Any) -> records.Event:
    found: records.Event = record(
        records.Event, code, **{"kind": kind, "day": day, "name": NAME, "milestones": milestones, **facts}
    )
    return found


def movement(code: str, kind: str, amount: int, day: str = "2023-01-03", **facts: Any) -> records.Movement:
    found: records.Movement = record(
        records.Movement, code, **{"kind": kind, "amount": amount, "day": day, "item": "works", "year": 112, **facts}
    )
    return found
