"""Each shared component by itself: what it says without its colour, and that no text becomes markup."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override

from gatehouse.kernel.figure import Computed, Figure
from gatehouse.kernel.results import Check, Reason, Result
from gatehouse.web import words
from gatehouse.web.evidence import Evidence


def drawn(name: str, **context: Any) -> str:
    with override("en"):
        return render_to_string(f"components/{name}/{name}.html", context)


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("result", list(Result))
def test_a_status_is_a_word_and_a_shape_beside_its_colour(result: Result) -> None:
    status = words.RESULTS[result]
    html = drawn("status_tag", status=status)
    with override("en"):
        assert text(html) == f"{status.shape} {status.word}"
    assert f"status-{status.colour}" in html


def test_every_state_has_a_shape_of_its_own() -> None:
    assert len({status.shape for status in words.RESULTS.values()}) == len(Result)


def test_a_verdict_line_says_the_result_before_the_detail() -> None:
    said = text(drawn("verdict_line", title="Document", status=words.RESULTS[Result.FAILED], detail="changed: DG2"))
    assert said == "✕ Document failed changed: DG2"


def test_a_check_row_says_why_and_opens_its_evidence() -> None:
    check = Check("dg_hash", Result.FAILED, Reason("changed: %(changed)s", changed="<b>DG2</b>"))
    html = drawn("check_row", check=check)
    assert 'href="#evidence-dg_hash"' in html
    assert "&lt;b&gt;DG2&lt;/b&gt;" in html
    assert text(html).startswith("✕ failed Contents of the chip unchanged changed:")


def test_the_drawer_names_each_entry_and_its_facts() -> None:
    entry = Evidence("dg_hash", "Contents", words.RESULTS[Result.SUCCESSFUL], (("Finding", "unchanged: DG1"),))
    html = drawn("evidence_drawer", entries=[entry])
    assert 'id="evidence-dg_hash"' in html
    assert "Finding unchanged: DG1" in text(html)


def test_the_error_summary_leads_to_the_field() -> None:
    class Form(forms.Form):
        port = forms.CharField(error_messages={"required": "Choose the port."})

    html = drawn("error_summary", form=Form({}))
    assert '<a href="#id_port">Choose the port.</a>' in html
    assert 'role="alert"' in html
    assert drawn("error_summary", form=Form({"port": "TPE"})).strip() == ""


def test_a_figure_leads_to_its_evidence() -> None:
    day = date(2026, 11, 22)
    evidence = Computed("all", 1, {}, (day, day), datetime(2026, 11, 22, tzinfo=UTC), "00", 7)
    html = drawn("figure_chip", figure=Figure("f", 7, "crossings", {}, evidence), url="/figures/x/")
    assert 'href="/figures/x/"' in html
    assert text(html) == "7 open the evidence"
