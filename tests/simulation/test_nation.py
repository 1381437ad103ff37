from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.nation import Irregularity, Span, drawn_number, nation_of

UTOPIA = Path(__file__).resolve().parents[1] / "profiles" / "utopia"


def test_every_share_of_the_reference_profile_names_its_source_and_every_irregularity_is_planted() -> None:
    nation = nation_of(Profile(SHIPPED / "tw"))
    assert nation.port == "TPE"
    assert set(nation.irregular) == set(Irregularity)
    assert nation.nationals.share == 0.69
    assert sum(state.weight for state in nation.visitors.states) == 8_574_547
    states = nation.visitors.states
    assert all(row.source for row in (*states, *nation.visitors.ages, *nation.nationals.ages, *nation.visitors.nights))
    assert [state.nationality for state in states if state.always_needs_permit] == ["CHN", "VNM", "IDN", "IND"]


def test_utopia_has_a_day_of_its_own() -> None:
    nation = nation_of(Profile(UTOPIA))
    assert nation.port == "UTA"
    assert Irregularity.BANNED not in nation.irregular
    assert [state.nationality for state in nation.visitors.states if state.always_needs_permit] == ["D"]


def test_an_unknown_irregularity_is_named(tmp_path: Path) -> None:
    (tmp_path / "agency.yaml").write_text((UTOPIA / "agency.yaml").read_text())
    day = (UTOPIA / "simulation.yaml").read_text().replace("forged:", "forgotten:")
    (tmp_path / "simulation.yaml").write_text(day)
    with pytest.raises(UnreadableError, match=r"irregular\.forgotten"):
        nation_of(Profile(tmp_path))


def test_a_number_is_drawn_from_the_spans_with_their_ends() -> None:
    spans = (Span(first=2, last=2, weight=1, source="made up"), Span(first=5, last=7, weight=1, source="made up"))
    rng = Random(1)
    assert {drawn_number(rng, spans) for _ in range(200)} == {2, 5, 6, 7}
