"""The reference agency's indicators for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime

from gatehouse.performance.domain.definitions import Registry
from gatehouse.performance.domain.measured import Setting
from gatehouse.platform.profile import SHIPPED, Profile

PERIOD = (date(2023, 1, 1), date(2023, 12, 31))
AS_OF = datetime(2024, 1, 5, tzinfo=UTC)


def shipped() -> Registry:
    return Profile(SHIPPED / "tw").read("performance/indicators.yaml", Registry)


def setting(id: str = "egate-availability") -> Setting:
    registry = shipped()
    version = registry.indicator(id).in_force(PERIOD[1])
    assert version is not None
    return Setting(id, version, 112, PERIOD, AS_OF, {str(name): word for name, word in registry.words.items()})
