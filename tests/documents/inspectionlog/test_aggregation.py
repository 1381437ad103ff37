"""The guideline's tables of results that follow from others, and which verdict is the stricter."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest

from gatehouse.documents.inspectionlog import aggregation as tables
from gatehouse.documents.inspectionlog.names import Domain
from gatehouse.kernel.results import Result

S, F, U, N, A = Result


@pytest.mark.parametrize(
    ("rule", "results", "expected"),
    [
        # Table 5.44, 5.55: failed before aborted; at least one success; only not supported is not supported.
        (tables.at_least_one, (S, F, A), F),
        (tables.at_least_one, (S, A, U), A),
        (tables.at_least_one, (S, U, N), U),
        (tables.at_least_one, (S, N), S),
        (tables.at_least_one, (N, N), N),
        # Table 5.22, 5.27, 5.31, 5.39: not supported below is undetermined, and cannot occur.
        (tables.every_one, (S, S), S),
        (tables.every_one, (S, N), U),
        (tables.every_one, (N,), U),
        (tables.every_one, (U, S, A), A),
        (tables.every_one, (F, A), F),
        # Table 5.18 and 5.23: one protocol is enough; not supported takes nothing from the other.
        (tables.one_protocol, (S, F, N), S),
        (tables.one_protocol, (N, F, N), F),
        (tables.one_protocol, (N, A), A),
        (tables.one_protocol, (N, U, N), U),
        (tables.one_protocol, (N, N, N), N),
        # Table 5.17.
        (tables.access, (S,), S),
        (tables.access, (S, N), N),
        (tables.access, (F, N), F),
        # Table 5.2.
        (tables.overall, (S, S, S), S),
        (tables.overall, (S, F, A), F),
        (tables.overall, (S, A), A),
        (tables.overall, (S, N), U),
        (tables.overall, (S, U), U),
        (tables.overall, (N,), N),
        (tables.overall, (), U),
    ],
)
def test_the_tables(rule: tables.Rule, results: tuple[Result, ...], expected: Result) -> None:
    assert rule(results) is expected
    assert rule(results[::-1]) is expected


@pytest.mark.parametrize("rule", [tables.at_least_one, tables.every_one, tables.access, tables.overall])
def test_an_aborted_check_is_never_part_of_a_success(rule: tables.Rule) -> None:
    for results in combinations_with_replacement(Result, 3):
        if A in results:
            assert rule(results) in (F, A)


def test_the_groups_of_a_chip() -> None:
    found = tables.aggregated(
        tables.GROUPS[Domain.ELECTRONIC],
        {
            "bac": N,
            "pace": S,
            "terminal_authentication": F,
            "active_authentication": N,
            "chip_authentication": S,
            "sod_signature": S,
            "dsc_chain": S,
            "dsc_validity": S,
            "revocation": U,
            "dg_hash": S,
            "com_sod": F,
            "issuer_state": S,
            "card_access": F,
        },
    )
    assert [(each.clause, each.result) for each in found] == [
        ("5.6", F),
        ("5.6.3", S),
        ("5.6.3.1", S),
        ("5.6.4", F),
        ("5.6.4.1", S),
        ("5.6.4.2.1", S),
        ("5.6.4.3.1", U),
        ("5.6.4.4", F),
    ]


def test_no_check_no_group() -> None:
    assert tables.aggregated(tables.GROUPS[Domain.SEAL], {"sod_signature": S}) == ()


def test_a_document_without_a_chip_is_not_supported() -> None:
    (found,) = tables.aggregated(tables.GROUPS[Domain.ELECTRONIC], {"chip": N})
    assert found.result is N


@pytest.mark.parametrize(
    ("house", "guideline", "stricter"),
    [(S, S, ""), (F, U, "house"), (U, S, "house"), (S, U, "guideline"), (U, F, "guideline"), (U, A, ""), (N, U, "")],
)
def test_which_verdict_lets_less_pass(house: Result, guideline: Result, stricter: str) -> None:
    assert tables.stricter(house, guideline) == stricter
