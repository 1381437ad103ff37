"""Which version of an article is in force when."""

from __future__ import annotations

from datetime import date

import pytest
from tests.border.desk import UTOPIA

from gatehouse.law.articles import TABLE, Act, ActTable, act_named
from gatehouse.platform.profile import SHIPPED, Profile

TW = Profile(SHIPPED / "tw").read(TABLE, ActTable)
IMMIGRATION = next(act for act in TW.acts if act.pcode == "D0080132")
TRAFFICKING = next(act for act in TW.acts if act.pcode == "D0080177")


@pytest.mark.parametrize(
    ("article", "since"),
    [("65", date(2024, 1, 1)), ("36", date(2024, 3, 1)), ("74-1", date(2024, 3, 1)), ("16", date(2016, 12, 1))],
)
def test_the_last_day_on_which_an_article_took_effect(article: str, since: date) -> None:
    assert IMMIGRATION.days_of(article)[-1] == since


@pytest.mark.parametrize(
    ("article", "on", "promulgated"),
    [
        ("65", date(2023, 12, 31), date(2022, 1, 12)),
        ("65", date(2024, 1, 1), date(2023, 6, 28)),
        ("36", date(2024, 2, 29), date(2022, 1, 12)),
        ("36", date(2024, 3, 1), date(2023, 6, 28)),
        ("74-1", date(2024, 2, 29), None),
        ("74-1", date(2024, 3, 1), date(2023, 6, 28)),
        ("40", date(2023, 12, 31), date(2007, 12, 26)),
        ("40", date(2024, 1, 1), None),
        ("84", date(2024, 3, 1), None),
        ("36", date(2008, 7, 31), None),
    ],
)
def test_the_version_in_force(article: str, on: date, promulgated: date | None) -> None:
    version = IMMIGRATION.version_of(article, on)
    assert (version.promulgated if version else None) == promulgated


def test_an_act_that_takes_effect_as_a_whole() -> None:
    assert TRAFFICKING.latest.promulgated == date(2023, 6, 14)
    assert TRAFFICKING.days_of("1") == (date(2009, 6, 1), date(2024, 1, 1))
    assert len(TW.acts) == 18


def test_a_text_names_an_article_by_what_it_is_about() -> None:
    text = "受強制驅逐出國之外國人得委任律師及通譯"
    assert [p.article for p in IMMIGRATION.provisions if p.named_in(text)] == ["36"]
    assert [p.article for p in IMMIGRATION.provisions if p.named_in("接受面談可以委任律師")] == ["65"]


def test_the_longest_name_wins() -> None:
    found = act_named(TW.acts, "依入出國及移民法施行細則辦理")
    assert found is not None
    assert found[0].pcode == "D0080133"
    assert act_named(TW.acts, "依道路交通管理處罰條例") is None


def test_the_made_up_profile_has_an_act_of_its_own() -> None:
    (act,) = UTOPIA.read(TABLE, ActTable).acts
    assert act.days_of("3-1") == (date(2020, 3, 1), date(2023, 9, 1))
    assert act.version_of("4", date(2023, 9, 1)) is None


def test_a_table_that_contradicts_itself_is_refused() -> None:
    amendment = {"promulgated": "2020-01-02", "source": "s", "in_force": [{"since": "2020-02-01"}]}
    twice = {
        **amendment,
        "in_force": [{"since": "2020-02-01", "articles": ["1"]}, {"since": "2020-03-01", "articles": ["1"]}],
    }
    act = {"pcode": "X1", "name": {"en": "A"}, "read": "2021-01-01"}
    with pytest.raises(ValueError, match="takes effect once in an amendment"):
        Act(**act, amendments=[twice])
    with pytest.raises(ValueError, match="in the order of their promulgation"):
        Act(**act, amendments=[amendment, {**amendment, "promulgated": "2019-01-01"}])
