from datetime import date

import pytest

from gatehouse.documents.mrz.dates import latest, read_date, write_date
from gatehouse.kernel.errors import UnreadableError

ON = date(2026, 11, 22)
BIRTH, EXPIRY = latest(ON)


@pytest.mark.parametrize(
    ("yymmdd", "iso"),
    [
        ("740812", "1974-08-12"),
        ("261122", "2026-11-22"),  # born on the reference date
        ("261123", "1926-11-23"),  # nobody is born in its future
        ("271122", "1927-11-22"),
        ("000229", "2000-02-29"),
        ("2611<<", "2026-11"),
        ("2612<<", "1926-12"),
        ("26<<<<", "2026"),
        ("27<<<<", "1927"),
        ("74<<12", "1974"),  # a day of an unknown month says nothing
        ("<<<<<<", None),
        ("<<0812", None),
    ],
)
def test_births(yymmdd: str, iso: str | None) -> None:
    assert read_date(yymmdd, BIRTH) == (iso, True)


@pytest.mark.parametrize(
    ("yymmdd", "iso"),
    [("120415", "2012-04-15"), ("751231", "2075-12-31"), ("760101", "1976-01-01"), ("991231", "1999-12-31")],
)
def test_expiries_lie_within_50_years_before_and_49_after(yymmdd: str, iso: str) -> None:
    assert read_date(yymmdd, EXPIRY) == (iso, True)


@pytest.mark.parametrize("yymmdd", ["741301", "740001", "740100", "740230", "74O812", "7<0812", "74<812", "740<12"])
def test_impossible_dates(yymmdd: str) -> None:
    assert read_date(yymmdd, BIRTH) == (None, False)


def test_the_29th_of_february_1900_is_impossible() -> None:
    assert read_date("000229", latest(date(2000, 2, 28))[0]) == (None, False)


@pytest.mark.parametrize(
    ("iso", "yymmdd"),
    [("1974-08-12", "740812"), ("1974-08", "7408<<"), ("1974", "74<<<<"), (None, "<<<<<<"), ("2000-02-29", "000229")],
)
def test_written(iso: str | None, yymmdd: str) -> None:
    assert write_date(iso) == yymmdd


@pytest.mark.parametrize("iso", ["", "74", "1974-8-12", "1974-13", "1900-02-29", "1974-08-12T", "abcd-02-29", "1974-"])
def test_what_is_no_date_is_refused(iso: str) -> None:
    with pytest.raises(UnreadableError, match="is no date YYYY-MM-DD, YYYY-MM or YYYY"):
        write_date(iso)
