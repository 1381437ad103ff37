from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from gatehouse.border.api import Direction
from gatehouse.documents.chip.access import MrzKey
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.mrz import compose_mrz
from gatehouse.platform.profile import Profile
from gatehouse.simulation.nation import nation_of
from gatehouse.simulation.passport_office import Passport
from gatehouse.simulation.reader import Reader, queue_write
from gatehouse.simulation.travellers import Traveller, travellers_of

UTOPIA = Path(__file__).resolve().parents[1] / "profiles" / "utopia"


@dataclass(frozen=True)
class Post:
    direction: Direction


def passport(number: str) -> Passport:
    zone = compose_mrz(
        "TD3",
        document_code="P",
        issuer="UTO",
        document_number=number,
        surname="Eriksson",
        given_names="Anna",
        nationality="UTO",
        birth_date="1974-08-12",
        sex="F",
        expiry_date="2032-04-15",
    )
    chip = ChipImage({"DG1": b"\x61", "CardAccess": b"\x31\0"}, mrz=MrzKey(number, "740812", "320415"))
    return Passport(zone, {"DG1": b"\x61"}, b"face", chip)


def line() -> list[tuple[Traveller, Passport]]:
    nation, zone = nation_of(Profile(UTOPIA)), ZoneInfo("America/St_Johns")
    plan = travellers_of(nation, state="UTO", zone=zone, seed=1, run=1, on=date(2026, 11, 21), count=30)
    return [(each, passport(f"X{place:08d}")) for place, each in enumerate(plan)]


def test_everybody_comes_in_the_order_of_the_line_and_then_the_first_again(tmp_path: Path) -> None:
    waiting = line()
    assert queue_write(tmp_path / "queue", waiting) == 30
    for direction in (Direction.ENTRY, Direction.EXIT):
        zones = [passport.mrz for traveller, passport in waiting if traveller.direction is direction]
        reader = Reader(tmp_path / "queue")
        read = [reader.next(Post(direction)) for _ in range(len(zones) + 1)]
        assert [each.mrz for each in read if each] == [*zones, zones[0]]


def test_what_is_read_is_the_whole_document_read_now(tmp_path: Path) -> None:
    queue_write(tmp_path, line())
    reading = Reader(tmp_path).next(Post(Direction.ENTRY))
    assert reading is not None
    assert (reading.files, reading.live_image) == ({"DG1": b"\x61"}, b"face")
    assert timedelta(0) <= datetime.now(UTC) - reading.read_at < timedelta(minutes=1)


def test_a_new_line_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    queue_write(tmp_path, line())
    Reader(tmp_path).next(Post(Direction.ENTRY))
    entries = [pair for pair in line() if pair[0].direction is Direction.ENTRY]
    assert queue_write(tmp_path, entries[1:3]) == 2
    reading = Reader(tmp_path).next(Post(Direction.ENTRY))
    assert reading is not None
    assert reading.mrz == entries[1][1].mrz
    assert Reader(tmp_path).next(Post(Direction.EXIT)) is None


def test_nobody_waits_before_the_demo_ran(tmp_path: Path) -> None:
    assert Reader(tmp_path / "nowhere").next(Post(Direction.ENTRY)) is None
