"""Documents that wait keep their chips with all that these can do."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from gatehouse.documents.chip.judging import judge
from gatehouse.documents.chip.reading import attempt
from gatehouse.documents.chip.simulator import SimulatedChip
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.kernel.results import Result
from gatehouse.simulation.holders import made_up_holder
from gatehouse.simulation.issuing import ChipKind
from gatehouse.simulation.passport_office import Order, PassportOffice
from gatehouse.simulation.waiting import Line, WaitingDocument

DAY = date(2026, 11, 21)
PROOFS = {
    ChipKind.PACE_CAM: "chip_authentication_mapping",
    ChipKind.AA: "active_authentication",
    ChipKind.CA: "chip_authentication",
}


@cache
def office() -> PassportOffice:
    return PassportOffice(["UTO"], seed=1, on=DAY, chips=tuple(ChipKind))


@pytest.mark.parametrize("kind", [kind for kind in ChipKind if kind is not ChipKind.EAC])
def test_a_chip_of_each_kind_proves_itself_after_it_was_put_in_line(kind: ChipKind, tmp_path: Path) -> None:
    seed = len(ChipKind) + list(ChipKind).index(kind)
    passport = office().passport(Order(made_up_holder("UTO", seed, on=DAY, youngest=18)))
    WaitingDocument(passport.mrz, passport.image, passport.live_image).write(tmp_path / "entry-0001.json")
    waiting = Line(tmp_path, "entry").next()
    assert waiting is not None
    assert (waiting.mrz, waiting.files, waiting.chip.can) == (passport.mrz, passport.files, passport.image.can)
    trust = TrustStore(MasterList.read(office().authorities().master_list).certificates)
    reading = attempt(SimulatedChip(waiting.chip), waiting.chip.mrz, trust=trust)
    assert judge(reading, trust=trust, on=DAY).result is Result.SUCCESSFUL
    proved = [check.id for check in reading.checks if check.result is Result.SUCCESSFUL]
    assert ("PACE" in reading.access) == (kind is not ChipKind.BAC)
    assert [id for id in PROOFS.values() if id in proved] == ([PROOFS[kind]] if kind in PROOFS else [])
