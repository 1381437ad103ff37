"""Loading the register and the ledger from a folder: `assets.csv` and `intervals.csv`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

from django.db import transaction
from pydantic import Field

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError, UnreadableError
from gatehouse.monitoring.domain.assets import Asset, AssetClass, Since, Status
from gatehouse.monitoring.domain.intervals_csv import IntervalRows
from gatehouse.monitoring.services.assets import assets_record
from gatehouse.monitoring.services.ledger import intervals_record
from gatehouse.platform.actors import Actor
from gatehouse.platform.profile import Row
from gatehouse.platform.records import load

ASSETS, INTERVALS = "assets.csv", "intervals.csv"


class _AssetRow(Row):
    """A column for each status holds its first day."""

    tag: Annotated[str, Field(max_length=64)]
    asset_class: AssetClass
    generation: Annotated[int, Field(ge=1, le=99)] | None = None
    site: str
    hall: Annotated[str, Field(max_length=32)] = ""
    plan: Annotated[str, Field(max_length=64)] = ""
    replaces: str = ""
    ordered: date | None = None
    delivered: date | None = None
    installed: date | None = None
    accepted: date | None = None
    in_service: date | None = None
    suspended: date | None = None
    under_legal_hold: date | None = None
    removed: date | None = None
    source: str
    reconstructed: bool = False

    def asset(self) -> Asset:
        days = [(getattr(self, status.value), place, status) for place, status in enumerate(Status)]
        history = sorted((day, place, status) for day, place, status in days if day is not None)
        return Asset(
            tag=self.tag,
            asset_class=self.asset_class,
            generation=self.generation,
            site=self.site,
            hall=self.hall,
            plan=self.plan,
            replaces=self.replaces,
            source=self.source,
            reconstructed=self.reconstructed,
            history=tuple(Since(status, day) for day, _, status in history),
        )


@transaction.atomic
def equipment_load(folder: Path, *, clock: Clock, actor: Actor) -> dict[str, int]:
    """Record the assets and intervals of a folder; gives how many of each file were new. The same again adds none.

    Raises `ForbiddenError`; `UnreadableError` or `ConflictError` with the file and line. Nothing is stored then.
    """

    def assets(rows: Iterable[_AssetRow]) -> int:
        return assets_record(clock=clock, actor=actor, assets=(row.asset() for row in rows))

    return {
        ASSETS: load(folder / ASSETS, _AssetRow, assets),
        INTERVALS: _intervals(folder / INTERVALS, clock, actor),
    }


def _intervals(path: Path, clock: Clock, actor: Actor) -> int:
    if not path.exists():
        return 0
    try:
        with path.open("rb") as stream:
            rows = IntervalRows(stream)
            try:
                return intervals_record(clock=clock, actor=actor, intervals=rows, archived=True)
            except RefusedError as error:
                raise UnreadableError("line %(line)d: %(cause)s", line=rows.line, cause=error.reason) from error
    except UnreadableError as error:
        raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=error.reason) from error
    except OSError as error:
        raise UnreadableError("%(path)s cannot be read: %(cause)s", path=str(path), cause=str(error)) from error
