from __future__ import annotations

from datetime import date

from gatehouse.platform.profile import SHIPPED, Profile
from gatehouse.simulation.nation import nation_of
from gatehouse.simulation.people import Population, age, mrz_names

NATION = nation_of(Profile(SHIPPED / "tw"))
DAY = date(2026, 11, 21)


def population(run: int = 1) -> Population:
    return Population(NATION, seed=7, run=run, on=DAY)


def test_the_same_seed_makes_the_same_people_and_another_day_makes_others() -> None:
    first, again, other = population(), population(), population(2)
    ages = NATION.nationals.ages
    people = [first.adult("TWN", ages) for _ in range(50)]
    assert [again.adult("TWN", ages) for _ in range(50)] == people
    others = [other.adult("TWN", ages) for _ in range(50)]
    assert not {person.seed for person in people} & {person.seed for person in others}


def test_nobody_shares_name_and_birth_date_or_seed_with_another() -> None:
    made = population()
    people = [made.adult("TWN", NATION.nationals.ages) for _ in range(3000)]
    assert len({(mrz_names(person), person.birth_date) for person in people}) == 3000
    assert len({person.seed for person in people}) == 3000
    assert {person.sex for person in people if person.seed % 2} == {"F"}


def test_a_child_has_the_family_name_in_both_scripts_and_its_age() -> None:
    made = population()
    parent = made.adult("TWN", NATION.nationals.ages)
    children = [made.child(parent, first=5, last=8) for _ in range(100)]
    assert {child.surname for child in children} == {parent.surname}
    assert parent.full_name
    family = parent.full_name.partition("<<")[0]
    assert all(child.full_name and child.full_name.startswith(f"{family}<<") for child in children)
    assert {age(child.birth_date, DAY) for child in children} == {5, 6, 7, 8}


def test_a_partner_is_an_adult_of_about_the_same_age() -> None:
    made = population()
    for _ in range(50):
        person = made.adult("JPN", NATION.visitors.ages)
        partner = made.partner(person)
        years = age(person.birth_date, DAY)
        assert max(20, years - 5) <= age(partner.birth_date, DAY) <= years + 5
        assert partner.nationality == "JPN"


def test_age_counts_full_years() -> None:
    assert age(date(2000, 11, 21), DAY) == 26
    assert age(date(2000, 11, 22), DAY) == 25


def test_names_as_the_machine_readable_zone_has_them() -> None:
    person = population().adult("TWN", NATION.nationals.ages)
    surname, given = mrz_names(person)
    assert surname == person.surname.upper()
    assert given == person.given_names.upper().replace("-", " ")
