"""What the views of plans and reports answer, without a browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from tests.web.performance.year import SOUTH, YEAR, load, written_by_a_colleague

from gatehouse.audit.models import Leaf
from gatehouse.performance.models import Edition, NarrativePart
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.performance.uploads import MOST_BYTES

pytestmark = pytest.mark.django_db
Person = Callable[..., User]
GOALS = "壹、年度施政目標：\n\n一、維護社會安定。"


@pytest.fixture
def writer(client: Client, person: Person) -> Client:
    client.cookies["language"] = "en"
    client.force_login(person(Role.STATISTICIAN))
    return client


@pytest.fixture
def publisher(person: Person) -> Client:
    client = Client()
    client.cookies["language"] = "en"
    client.force_login(person(Role.SUPERVISOR))
    return client


def post_part(client: Client, text: str, after: int, part: str = "goals") -> Any:
    return client.post(f"{YEAR}report/parts/{part}/", {"text": text, "after": after})


def test_the_dashboard_prints_what_the_records_say(writer: Client) -> None:
    load()
    page = writer.get(YEAR)
    south, border = page.context["cards"]
    assert (south.plan.plan.code, border.plan.plan.code) == (SOUTH, "next-generation-inspection")
    assert (south.progress.text, south.delay.text) == ("30%", "15 months")
    assert [row.standing.word for row in south.milestones] == ["complete", "complete"] + ["missed, action decided"] * 2
    assert (south.budget["spent"].text, south.budget["execution_rate"].text) == ("217", "0.24%")
    assert (border.budget["allocated"].text, border.budget["execution_rate"].text) == ("183,005", "64.31%")
    shown = {row.indicator.id: (row.value.text, row.beside["raw"].text) for row in page.context["indicators"][:6]}
    assert shown["egate-use-nationals"] == ("74.88%", "115.20%")
    assert shown["security-platform-availability"] == ("100%", "100.91%")


def test_the_dashboard_takes_less_than_a_second_of_the_processor(writer: Client) -> None:
    load()
    writer.get(YEAR)  # the profile and the templates are read once
    began = time.process_time()
    assert writer.get(YEAR).status_code == 200
    assert time.process_time() - began < 1


def test_each_plan_is_read_once_for_the_dashboard(writer: Client, django_assert_max_num_queries: Any) -> None:
    load()
    with django_assert_max_num_queries(70):
        writer.get(YEAR)
    asked = [query["sql"] for query in connection.queries_log if "performance_planevent" in query["sql"]]
    assert len(asked) <= 2


def test_an_empty_year_says_what_to_do_next(writer: Client) -> None:
    page = writer.get("/performance/113/")
    assert page.status_code == 200
    assert "Nothing is on record of 2024 (ROC 113) yet" in page.content.decode()


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/performance/2023/", "2023 is a Gregorian year"),
        (f"{YEAR}plans/nothing/", "there is no plan nothing"),
        (f"{YEAR}indicators/nothing/", "there is no indicator nothing"),
        (f"{YEAR}figures/nothing.at-all/", "there is no figure nothing.at-all in 112"),
        (f"{YEAR}report/editions/7/", "there is no edition 7 of 112"),
        (f"{YEAR}report/?part=nothing", "the report of this year has no part nothing"),
    ],
)
def test_what_does_not_exist_is_said_in_one_sentence(writer: Client, path: str, said: str) -> None:
    page = writer.get(path)
    assert page.status_code == 404
    assert said in page.content.decode()


def test_a_figure_has_a_page_of_its_evidence_and_records(writer: Client) -> None:
    load()
    page = writer.get(f"{YEAR}figures/{SOUTH}.budget.spent/").content.decode()
    assert "217,000" in page
    assert "y112-p12" in page
    assert "11 of the 11 records" in page


def test_a_part_is_kept_as_a_revision_with_its_leaf(writer: Client) -> None:
    assert post_part(writer, GOALS, 0).status_code == 302
    row = NarrativePart.objects.get()
    assert (row.year, row.part, row.revision, row.text, row.written_by) == (112, "goals", 1, GOALS, "user:statistician")
    assert Leaf.objects.filter(body__contains="performance.narrative_write").count() == 1
    assert post_part(writer, GOALS.replace("\n", "\r\n"), 1).status_code == 302
    assert NarrativePart.objects.count() == 1


def test_two_texts_at_once_are_shown_side_by_side_and_both_stay(writer: Client) -> None:
    post_part(writer, GOALS, 0)
    written_by_a_colleague("goals", f"{GOALS}\n二、他人所寫。", position=1)
    page = post_part(writer, f"{GOALS}\n二、自己所寫。", 1)
    assert page.status_code == 409
    html = page.content.decode()
    assert "<mark>二、他人所寫。</mark>" in html
    assert "<mark>二、自己所寫。</mark>" in html
    assert [row.text.splitlines()[-1] for row in NarrativePart.objects.order_by("revision")] == [
        "一、維護社會安定。",
        "二、他人所寫。",
    ]
    assert post_part(writer, page.context["form"]["text"].value(), 2).status_code == 302
    assert NarrativePart.objects.get(revision=3).text.endswith("自己所寫。")


def test_a_text_that_cannot_be_read_is_given_back_and_not_kept(writer: Client) -> None:
    page = post_part(writer, "壹、目標\n一、{", 0)
    assert page.status_code == 400
    assert "line 2: a brace opens or closes no reference" in page.content.decode()
    assert page.context["form"]["text"].value() == "壹、目標\n一、{"
    assert NarrativePart.objects.count() == 0


def test_who_may_read_alone_is_shown_no_form_and_may_not_write(client: Client, person: Person) -> None:
    client.force_login(person(Role.ANALYST))
    page = client.get(f"{YEAR}report/")
    assert "<textarea" not in page.content.decode()
    assert post_part(client, GOALS, 0).status_code == 403
    assert NarrativePart.objects.count() == 0


def test_the_desk_names_what_stops_publication(writer: Client, publisher: Client) -> None:
    load()
    written_by_a_colleague("others", "肆、其他：\n一、支用{nowhere.at-all}元，又1,234人。")
    page = writer.get(f"{YEAR}report/")
    assert page.context["missing"] == ("nowhere.at-all",)
    assert [(part.code, part.typed) for part in page.context["typed"]] == [("others", ("1,234",))]
    refused = publisher.get(f"{YEAR}report/publish/").content.decode()
    assert "these figures are missing: nowhere.at-all" in refused
    assert 'name="seen"' not in refused


def test_the_auditors_notes_stand_beside_the_paragraphs_that_they_are_of(writer: Client) -> None:
    load()
    blocks = writer.get(f"{YEAR}report/").context["sheet"].blocks
    noted = [(note.finding.rule.value, block) for block in blocks for note in block.notes]
    assert [rule for rule, _ in noted] == ["cap", "spend_progress", *["attribution"] * 4]
    assert noted[0][1].columns[0] == "指標名稱(A)"
    assert "".join(run.text for run in noted[1][1].text).endswith("執行率為64.31%。")


def test_an_edition_is_published_as_it_was_shown_or_not_at_all(writer: Client, publisher: Client) -> None:
    load()
    seen = publisher.get(f"{YEAR}report/publish/").context["form"]["seen"].value()
    written_by_a_colleague("others", "肆、其他：\n一、無。", position=5)
    page = publisher.post(f"{YEAR}report/publish/", {"reason": "", "seen": seen})
    assert page.status_code == 409
    assert "the report changed since you looked at it" in page.content.decode()
    assert Edition.objects.count() == 0
    seen = page.context["form"]["seen"].value()
    page = publisher.post(f"{YEAR}report/publish/", {"reason": "", "seen": seen})
    assert page.headers["Location"] == f"{YEAR}report/editions/1/"
    edition = Edition.objects.get()
    assert (edition.published_by, edition.written_by) == ("user:supervisor", "user:colleague")
    assert "nothing changed since edition 1" in publisher.get(f"{YEAR}report/publish/").content.decode()
    written_by_a_colleague("others", "肆、其他：\n一、另有說明。", position=5)
    later = publisher.post(f"{YEAR}report/publish/", {"reason": " ", "seen": seen})
    assert "Say why the edition before was not right any more." in later.content.decode()
    assert Edition.objects.count() == 1
    file = writer.get(f"{YEAR}report/editions/1/pdf/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="report-112-1.pdf"'
    assert file.content.startswith(b"%PDF-")


def upload(client: Client, data: bytes, name: str = "report.txt") -> Any:
    return client.post("/performance/audit/", {"report": SimpleUploadedFile(name, data)})


REPORT = "甲機關112年度施政績效報告\n一、預算：本年度預算編列91,378千元，實際執行217千元，執行率為2.37%。\n".encode()


def test_an_uploaded_report_is_audited_and_kept_nowhere(
    writer: Client, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    settings.FILE_UPLOAD_TEMP_DIR = settings.MEDIA_ROOT = str(tmp_path)
    leaves = Leaf.objects.count()
    page = upload(writer, REPORT + b" " * 4_500_000)
    assert [(each.rule.value, each.printed, each.expected) for _, each in page.context["findings"]] == [
        ("ratio", "2.37%", "0.24%")
    ]
    html = page.content.decode()
    assert 'id="passage-1" href="#finding-1"' in html
    assert 'href="#passage-1"' in html
    assert list(tmp_path.iterdir()) == []
    assert Leaf.objects.count() == leaves


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 nothing", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "the file is no PDF, ODT, DOCX or HTML, and no text in UTF-8"),
        (b" " * (MOST_BYTES + 1), "The files are larger than 16 MB together."),
    ],
)
def test_a_file_that_cannot_be_read_gives_one_message(writer: Client, data: bytes, said: str) -> None:
    page = upload(writer, data)
    assert page.status_code == 400
    errors = [str(error) for found in page.context["form"].errors.values() for error in found]
    assert len(errors) == 1
    assert said in errors[0]


def test_an_upload_without_the_forms_token_is_refused(person: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(Role.STATISTICIAN))
    assert upload(client, REPORT).status_code == 403
