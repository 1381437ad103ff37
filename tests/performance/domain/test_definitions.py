from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from tests.performance.indicators import shipped

from gatehouse.kernel.errors import NotFoundError
from gatehouse.performance.domain.achievement import Unit
from gatehouse.performance.domain.definitions import DeviceTime, Indicator, Registry, Version

SHARE: dict[str, Any] = {
    "version": 1,
    "since": date(2020, 1, 1),
    "name": {"en": "share"},
    "formula": {"en": "part over whole"},
    "numerator": {"measure": "passages", "who": "nationals", "directions": ["exit"], "channels": ["egate"]},
    "denominator": {"measure": "passages", "who": "nationals", "directions": ["exit"], "channels": ["egate", "desk"]},
    "unit": "% of passages",
    "direction": "more",
    "places": 2,
    "source": {"en": "crossings"},
    "owner": {"en": "somebody"},
    "period": "year",
}


def version(**changes: Any) -> Version:
    return Version.model_validate({**SHARE, **changes})


def test_the_reference_agencys_indicators() -> None:
    registry = shipped()
    assert [each.id for each in registry.indicators] == [
        "workstation-availability",
        "egate-availability",
        "egate-use-nationals",
        "egate-use-foreigners-exit",
        "network-availability",
        "security-platform-availability",
        "milestone-completion",
    ]
    gates = registry.indicator("egate-availability").in_force(date(2023, 12, 31))
    assert gates is not None
    assert gates.name == {"zh-hant": "自動查驗通關系統可用率", "en": "Availability of e-Gates"}
    assert gates.unit is Unit.SERVICE_TIME
    assert isinstance(gates.denominator, DeviceTime)
    assert gates.denominator.states == {"up", "degraded", "down"}
    assert all(set(text) == {"zh-hant", "en"} for each in registry.indicators for text in _texts(each))


def _texts(indicator: Indicator) -> list[dict[str, str]]:
    return [text for each in indicator.versions for text in (each.name, each.formula, each.source, each.owner)]


def test_an_indicator_means_what_it_meant_on_that_day() -> None:
    first = version(until=date(2022, 12, 31))
    second = version(version=2, since=date(2023, 1, 1), formula={"en": "another"})
    indicator = Indicator(id="share", versions=(first, second))
    assert indicator.in_force(date(2022, 12, 31)) == first
    assert indicator.in_force(date(2023, 1, 1)) == second
    assert indicator.in_force(date(2019, 12, 31)) is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"numerator": SHARE["denominator"]}, "the numerator is no part of the denominator"),
        ({"numerator": {**SHARE["numerator"], "who": "foreigners"}}, "the numerator is no part of the denominator"),
        ({"until": date(2019, 1, 1)}, "a version cannot end before it begins"),
        ({"numerator": {"measure": "sql", "query": "DELETE"}}, "Input tag 'sql' found"),
        ({"extra": 1}, "Extra inputs are not permitted"),
    ],
)
def test_what_is_no_definition(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        version(**changes)


def test_versions_follow_each_other() -> None:
    with pytest.raises(ValidationError, match="a version ends before the next begins"):
        Indicator(id="share", versions=(version(), version(version=2, since=date(2023, 1, 1))))
    with pytest.raises(ValidationError, match="numbered from 1"):
        Indicator(id="share", versions=(version(version=2),))


def test_an_id_that_is_not_there_names_those_that_are_near() -> None:
    with pytest.raises(NotFoundError) as missing:
        shipped().indicator("egate-availabilty")
    assert str(missing.value).startswith("there is no indicator egate-availabilty; there are: egate-availability, ")


def test_an_indicator_stands_once() -> None:
    registry = shipped()
    with pytest.raises(ValidationError, match="two indicators have one id"):
        Registry(words=registry.words, indicators=registry.indicators * 2)
