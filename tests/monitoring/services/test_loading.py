"""The register and the ledger from a folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.monitoring.equipment import CLOCK, ENGINEER, NOBODY, counted, hours

from gatehouse.kernel.errors import ConflictError, ForbiddenError, GatehouseError, UnreadableError
from gatehouse.monitoring.api import AssetClass, Status, assets_of, equipment_load
from gatehouse.monitoring.models import Asset, AssetStatus, StateInterval

pytestmark = pytest.mark.django_db
ASSETS = """# Made up.
tag,asset_class,generation,site,replaces,plan,installed,in_service,removed,source
S1,switch,,TSA,,,,2015-01-01,2023-03-01,"list, page 3"
S2,switch,,TSA,S1,network,2023-03-01,2023-03-01,,list

G1,e_gate,3,TPE,,,,2022-11-01,,list
"""
INTERVALS = """# Made up.
device,start,end,state,source,received_at
G1,2023-03-01T00:00+08:00,2023-03-02T00:00+08:00,up,probe,2023-03-02T00:00+08:00
"""


def load(folder: Path, assets: str = ASSETS, intervals: str = INTERVALS) -> dict[str, int]:
    (folder / "assets.csv").write_text(assets)
    (folder / "intervals.csv").write_text(intervals)
    return equipment_load(folder, clock=CLOCK, actor=ENGINEER)


def test_a_folder_is_loaded_once(tmp_path: Path) -> None:
    assert load(tmp_path) == {"assets.csv": 3 + 5, "intervals.csv": 1}
    assert load(tmp_path) == {"assets.csv": 0, "intervals.csv": 0}
    assert load(tmp_path, ASSETS.replace("2022-11-01,,list", "2022-11-01,2024-01-05,list")) == {
        "assets.csv": 1,
        "intervals.csv": 0,
    }
    [old, new] = assets_of(reader=ENGINEER, asset_class=AssetClass.SWITCH)
    assert (new.replaces, new.plan, new.reached(Status.INSTALLED)) == ("S1", "network", date(2023, 3, 1))
    assert (old.source, old.on(date(2023, 2, 28)), old.on(date(2023, 3, 1))) == (
        "list, page 3",
        Status.IN_SERVICE,
        Status.REMOVED,
    )
    assert hours(counted((date(2023, 3, 1), date(2023, 3, 1)))) == {"up": 24}
    assert equipment_load(tmp_path / "nowhere", clock=CLOCK, actor=ENGINEER) == {"assets.csv": 0, "intervals.csv": 0}


@pytest.mark.parametrize(
    ("assets", "intervals", "error", "cause"),
    [
        (ASSETS.replace("G1,e_gate", "G1,egate"), INTERVALS, UnreadableError, r"assets\.csv: line 6: asset_class: "),
        (
            ASSETS.replace("3,TPE", "3,XXX"),
            INTERVALS,
            UnreadableError,
            r"assets\.csv: line 6: G1: there is no port XXX",
        ),
        (ASSETS.replace("TSA,S1", "TSA,S9"), INTERVALS, UnreadableError, "line 4: S2: there is no asset S9"),
        (ASSETS.replace("2015-01-01", "2015-13-01"), INTERVALS, UnreadableError, "line 3: in_service: "),
        (ASSETS.replace(",,,,2015-01-01,2023-03-01", ",,,,,"), INTERVALS, UnreadableError, "line 3: S1: an asset has"),
        (ASSETS.replace("S2,switch,,", "S2,switch,"), INTERVALS, UnreadableError, "line 4: it has 9 fields of 10"),
        (
            ASSETS + "G1,e_gate,2,TPE,,,,2022-11-01,,list\n",
            INTERVALS,
            ConflictError,
            "line 7: G1 is on record with other",
        ),
        (ASSETS.replace("removed,", "gone,"), INTERVALS, UnreadableError, "line 3: gone: "),
        ("# nothing\n", INTERVALS, UnreadableError, r"assets\.csv is empty"),
        (ASSETS, INTERVALS.replace("G1", "G2"), UnreadableError, r"intervals\.csv: line 3: there is no asset G2"),
        (
            ASSETS,
            INTERVALS.replace(",up,", ",on,"),
            UnreadableError,
            r"intervals\.csv: row 1 \(line 3\): 'on' is none of",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_stored(
    tmp_path: Path, assets: str, intervals: str, error: type[GatehouseError], cause: str
) -> None:
    with pytest.raises(error, match=cause):
        load(tmp_path, assets, intervals)
    assert [model.objects.count() for model in (Asset, AssetStatus, StateInterval)] == [0, 0, 0]


def test_who_may_not_record_does_not(tmp_path: Path) -> None:
    (tmp_path / "assets.csv").write_text(ASSETS)
    with pytest.raises(ForbiddenError):
        equipment_load(tmp_path, clock=CLOCK, actor=NOBODY)
    assert Asset.objects.count() == 0
