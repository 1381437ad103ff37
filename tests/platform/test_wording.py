from __future__ import annotations

from django.utils.translation import override

from gatehouse.kernel.results import Reason
from gatehouse.platform.wording import said

WHY = Reason("expired on %(day)s", day="2023-05-01")


def test_a_reason_and_the_reasons_within_it_are_said_in_the_active_language() -> None:
    outer = Reason("a list names this document: %(why)s (%(article)s)", why=WHY, article="§64")
    with override("zh-hant"):
        assert said(outer) == "此證件列於名單：已於 2023-05-01 逾效期（§64）"
    with override("en"):
        assert said(outer) == "a list names this document: expired on 2023-05-01 (§64)"


def test_a_part_is_said_by_its_name_and_value() -> None:
    with override("en"):
        assert said(WHY, lambda name, value: f"<{name} {value}>") == "expired on <day 2023-05-01>"


def test_a_sentence_without_parts_may_hold_a_percent_sign_and_nothing_is_nothing() -> None:
    assert said(Reason("100 % of it")) == "100 % of it"
    assert said(Reason("")) == ""
