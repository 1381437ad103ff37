"""What is asked of each class of equipment, as the profile has it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated

from pydantic import BeforeValidator, Field

from gatehouse.monitoring.domain.assets import AssetClass
from gatehouse.platform.profile import Row, profile


class Target(Row):
    """A row of `monitoring/targets.yaml`: the least availability over agreed service time, in percent."""

    asset_class: AssetClass
    percent: Annotated[Fraction, BeforeValidator(Fraction), Field(gt=0, le=100)]
    source: str

    @property
    def share(self) -> Fraction:
        return self.percent / 100


def targets() -> Mapping[AssetClass, Target]:
    """The target of each class that has one."""
    return {row.asset_class: row for row in profile().read("monitoring/targets.yaml", tuple[Target, ...])}
