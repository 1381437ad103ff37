"""Vectors: ICAO Doc 9303-3 4.6, 9303-4 4.2.3, 9303-5 4.2.3, 9303-6 4.2.3 and 9303-7 4.2.3."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.mrz_names import compose_name, decompose_name, may_be_truncated


@pytest.mark.parametrize(
    ("surname", "given_names", "written"),
    [
        ("ERIKSSON", "ANNA MARIA", "ERIKSSON<<ANNA<MARIA"),
        ("HENG", "DEBORAH MING LO", "HENG<<DEBORAH<MING<LO"),
        ("SMITH-JONES", "SUSIE MARGARET", "SMITH<JONES<<SUSIE<MARGARET"),
        ("O’CONNOR", "ENYA SIOBHAN", "OCONNOR<<ENYA<SIOBHAN"),
        ("D'ARTAGNAN", "Marie-Elise", "DARTAGNAN<<MARIE<ELISE"),
        ("VAN DER MUELLEN", "MARTIN", "VAN<DER<MUELLEN<<MARTIN"),
        ("AL-BASRI", "HUDA MUHAMMAD JAWAD", "AL<BASRI<<HUDA<MUHAMMAD<JAWAD"),
        ("ARKFREITH", "", "ARKFREITH"),
        ("", "ARKFREITH", "ARKFREITH"),  # one part: the primary identifier (9303-3 3.4)
        ("SATRIYA SUDARPA", "", "SATRIYA<SUDARPA"),
        ("Kim", "ANNA, MARIA", "KIM<<ANNA<MARIA"),
        ("St. John", "J.R.", "ST<JOHN<<JR"),
        ("الرازي", "ابو بكر محمد بن زكريا", "ALRAZY<<ABW<BKR<MXHMD<BN<ZKRYA"),
    ],
)
def test_a_name_that_fits_is_written_in_full(surname: str, given_names: str, written: str) -> None:
    assert compose_name(surname, given_names, width=39) == written.ljust(39, "<")


@pytest.mark.parametrize(
    ("surname", "given_names", "width", "written"),
    [
        ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG KRASUANG", 39, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"),
        ("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG", 39, "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU"),
        ("PAPANDROPOULOUS", "JONATHON WARREN TREVOR", 39, "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR"),
        ("PAPANDROPOULOUS", "JONATHON ALEC", 30, "PAPANDROPOULOUS<<JONATHON<ALEC"),
        ("VILARCHAO FERNANDEZ", "JOSE RAMON", 30, "VILARCHAO<FERNANDEZ<<JOSE<RAMO"),
    ],
)
def test_a_long_secondary_identifier_is_cut_as_in_the_examples(
    surname: str, given_names: str, width: int, written: str
) -> None:
    assert compose_name(surname, given_names, width=width) == written


def test_where_a_separator_would_come_last_an_initial_takes_its_place() -> None:
    assert compose_name("NILAVADHANANANDA", "ARNPOL PETCH CHARONGUANG", width=31) == "NILAVADHANANANDA<<ARNPO<PETCH<C"


def test_a_long_primary_identifier_leaves_room_for_the_first_letter_of_the_secondary() -> None:
    name = compose_name("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO", width=39)
    assert name == "BENNELONG<WOOLOOMO<WARRANDY<WARNAMBO<<D"


def test_a_long_primary_identifier_alone_ends_in_a_letter_at_the_last_position() -> None:
    name = compose_name("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "", width=31)
    assert name == "BENNELO<WOOLOOM<WARRAND<WARNAMB"


@pytest.mark.parametrize(
    ("field", "surname", "given_names"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<", "ERIKSSON", "ANNA MARIA"),
        ("ARKFREITH<<<<<<<<<<<<<<<<<<<<<", "ARKFREITH", ""),
        ("BENNELONG<WOOLOOMOOLOO<W<W<<DI", "BENNELONG WOOLOOMOOLOO W W", "DI"),
        ("ANNA<<MARIA<<EVA<<<<<<<<<<<<<<", "ANNA", "MARIA EVA"),
        ("<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "", ""),
    ],
)
def test_decomposed(field: str, surname: str, given_names: str) -> None:
    assert decompose_name(field) == (surname, given_names)


def test_a_letter_in_the_last_position_means_that_the_name_may_be_truncated() -> None:
    assert may_be_truncated("PAPANDROPOULOUS<<JONATHON<ALEC")
    assert not may_be_truncated("ERIKSSON<<ANNA<MARIA<<<<<<<<<<")


def test_a_digit_in_a_name_is_refused() -> None:
    with pytest.raises(UnreadableError, match="no transliteration of '2'"):
        compose_name("ERIKSSON", "ANNA 2", width=39)


_NAMES = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=50), min_size=1, max_size=12).map(" ".join)


@given(surname=_NAMES, given_names=_NAMES | st.just(""), width=st.sampled_from([30, 31, 39]))
def test_a_composed_name_reads_back_or_ends_in_a_letter(surname: str, given_names: str, width: int) -> None:
    field = compose_name(surname, given_names, width=width)
    assert len(field) == width
    needed = len(surname) + (2 + len(given_names) if given_names else 0)
    if needed <= width:
        assert decompose_name(field) == (surname, given_names)
    else:
        assume(all(len(component) > 1 for component in [*surname.split(), *given_names.split()]))
        assert may_be_truncated(field)
        assert field[0] == surname[0]
        assert ("<<" in field) == bool(given_names)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_fills_the_field_or_is_unreadable(surname: str, given_names: str) -> None:
    try:
        field = compose_name(surname, given_names, width=39)
    except UnreadableError:
        return
    assert len(field) == 39
    assert set(field) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ<")
