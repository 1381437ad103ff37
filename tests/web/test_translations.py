"""Every sentence that a screen can show has its translation, and the compiled catalogue is that of the source."""

from __future__ import annotations

import re

import polib
from django.utils.translation import override
from scripts.translations import CATALOGUE, Message, collected, in_code, in_template, key

from gatehouse.border.api import DecisionKind, InspectionState
from gatehouse.kernel.results import Reason
from gatehouse.web.templatetags.gatehouse import said

PLACE = re.compile(r"%\(\w+\)\w|\{\w+\}")
SOURCE = polib.pofile(str(CATALOGUE))


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_no_sentence_is_missing_or_left_over() -> None:
    assert {key(entry) for entry in SOURCE} == set(collected())


def test_every_sentence_is_translated() -> None:
    assert [entry.msgid for entry in SOURCE if not entry.translated() or entry.fuzzy] == []


def test_a_translation_has_the_parts_of_its_sentence() -> None:
    for entry in SOURCE:
        for text in texts(entry):
            assert set(PLACE.findall(text)) == set(PLACE.findall(entry.msgid)), entry.msgid


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert {(key(entry), *texts(entry)) for entry in compiled} == {(key(entry), *texts(entry)) for entry in SOURCE}


def test_sentences_are_found_in_templates_and_code() -> None:
    template = (
        '{% translate "One" %}{% translate "Two" context "room" %}'
        "{% blocktranslate count n=n %}a{% plural %}b{% endblocktranslate %}"
    )
    assert set(in_template(template)) == {Message("One"), Message("Two", context="room"), Message("a", "b")}
    code = '_("Three"); Reason("four %(x)s", x=1); RefusedError("five"); pgettext("timer", "Six"); other("seven")'
    found = {Message("Three"), Message("four %(x)s"), Message("five"), Message("Six", context="timer")}
    assert set(in_code(code, {"RefusedError"})) == found


def test_a_reason_is_said_in_the_readers_language() -> None:
    reason = Reason("expired on %(day)s", day="2023-05-01")
    with override("zh-hant"):
        assert said(reason) == "已於 2023-05-01 逾效期"
    with override("en"):
        assert said(reason) == "expired on 2023-05-01"


def test_the_parts_of_a_reason_are_said_in_the_readers_language_too() -> None:
    why = Reason("the document %(number)s itself is listed", number="X1")
    with override("zh-hant"):
        listed = Reason("a list names this document: %(why)s (%(article)s)", why=why, article="§64")
        assert said(listed) == "此證件列於名單：證件 X1 本身列於名單（§64）"
        wrong = Reason("wrong: %(elements)s", elements="document_number, composite")
        assert said(wrong) == "錯誤項目：證件號碼、整個判讀區"
        gone = Reason("no refusal of this inspection waits: it is %(state)s", state=InspectionState.CLOSED)
        assert said(gone) == "本查驗無待確認之拒絕：目前為 已結案"
        other = Reason(
            "a decision other than the proposed one, %(proposed)s, needs a reason", proposed=DecisionKind.HOLD
        )
        assert said(other) == "與建議（暫時留置）不同之決定，須載明理由"
        barred = "%(actor)s may not do this: it needs %(permission)s"
        assert (
            said(Reason(barred, actor="user:chen", permission="border.correct"))
            == "chen 無權為之：須有權限 更正入出國紀錄"
        )
