"""The registry of indicators: data of the profile, read without a database and without Django's settings."""

from __future__ import annotations

from gatehouse.performance.domain.definitions import Indicator, MilestoneWeight, Registry
from gatehouse.platform.profile import profile

__all__ = ["Indicator", "MilestoneWeight", "Registry", "indicators"]


def indicators() -> Registry:
    """The agency's indicators, as its profile defines them. Raises `UnreadableError` where it does not."""
    return profile().read("performance/indicators.yaml", Registry)
