"""What the centre does for the agent of a desk: tickets, the page's policy, the report that comes with a document."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web import waiting
from tests.web.screens import SHIFT

from gatehouse.border.models import Inspection
from gatehouse.device.desk_ticket import accept, key_of_token, proof
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import config
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import device_register, device_revoke

pytestmark = pytest.mark.django_db
CHALLENGE = "c" * 43


@pytest.fixture
def token() -> str:
    return device_register(name="TPE-A12", port="TPE")


@pytest.fixture
def officer(client: Client, person: Callable[..., User]) -> Client:
    client.force_login(person(Role.INSPECTOR))
    session = client.session
    session["shift"] = SHIFT
    session.save()
    return client


def asked(client: Client, content: Any) -> Any:
    body = content if isinstance(content, str) else json.dumps(content)
    return client.post("/console/ticket/", body, content_type="application/json")


def test_an_officer_at_a_desk_gets_a_ticket_for_its_agent(officer: Client, token: str) -> None:
    issued = asked(officer, {"challenge": CHALLENGE}).json()
    key = key_of_token(token)
    found = accept(
        key,
        issued["ticket"],
        desk="TPE-A12",
        challenge=CHALLENGE,
        origin="http://testserver",
        port=config().agent_port,
        now=SystemClock().now(),
    )
    assert found.officer == "user:inspector"
    assert issued["proof"] == proof(key, issued["ticket"])
    assert token not in json.dumps(issued)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", "no json", {"challenge": 1}, {"challenge": "short"}, {"challenge": "c" * 600}]
)
def test_no_ticket_for_what_is_no_challenge(officer: Client, token: str, content: Any) -> None:
    answer = asked(officer, content)
    assert (answer.status_code, answer.json()) == (422, {"error": "this is no challenge of a desk's agent"})


def test_no_ticket_where_the_desk_is_not_registered_or_no_more_or_at_another_port(officer: Client) -> None:
    assert asked(officer, {"challenge": CHALLENGE}).status_code == 404
    device_register(name="TPE-A12", port="TSA")
    assert asked(officer, {"challenge": CHALLENGE}).status_code == 404
    device_register(name="TPE-A12", port="TPE")
    assert asked(officer, {"challenge": CHALLENGE}).status_code == 200
    device_revoke(clock=SystemClock(), name="TPE-A12")
    assert asked(officer, {"challenge": CHALLENGE}).status_code == 404


def test_a_ticket_asks_for_the_protection_against_forged_requests(person: Callable[..., User], token: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person(Role.INSPECTOR))
    assert asked(client, {"challenge": CHALLENGE}).status_code == 403


def test_a_page_may_speak_to_the_agent_of_its_own_machine_where_the_desk_has_one_and_nowhere_else(
    officer: Client, token: str
) -> None:
    policy = officer.get("/console/").headers["Content-Security-Policy"]
    assert f"connect-src 'self' ws://127.0.0.1:{config().agent_port};" in policy
    assert policy.count("127.0.0.1") == 1
    assert "127.0.0.1" not in officer.get("/shift/").headers["Content-Security-Policy"]
    device_revoke(clock=SystemClock(), name="TPE-A12")
    page = officer.get("/console/")
    assert "127.0.0.1" not in page.headers["Content-Security-Policy"]
    assert "data-desk" not in page.content.decode()


def report(**changed: Any) -> str:
    whole = {
        "agent": "gatehouse-workstation/0.1.0",
        "devices": {"optical": "Reader 9000", "chip": "Reader 9000"},
        "access": "BAC",
        "checks": [{"id": "chip_access", "result": "successful", "reason": {"text": "by BAC"}}],
        "events": [{"name": "no_pace", "detail": {"text": "the chip offers no PACE"}, "at_ms": 31.0}],
        "timings_ms": {"mrz": 150.0, "total": 1432.0, "chip.dg2": 420.0},
    }
    return json.dumps({**whole, **changed})


def sent(officer: Client, monkeypatch: pytest.MonkeyPatch, report: str, *, files: bool = True) -> Any:
    monkeypatch.setattr("gatehouse.web.console.views.trusted", waiting.trusted)
    document = waiting.passport("JPN", 11)
    chip = [SimpleUploadedFile(f"EF.{name}", data) for name, data in document.files.items()] if files else []
    content = {"mrz": "\n".join(document.mrz_lines), "chip": chip, "report": report, "capacity": "passenger"}
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return officer.post("/console/", content, follow=True)


def test_a_report_is_kept_with_the_inspection_and_shown(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sent(officer, monkeypatch, report()).content.decode()
    document = Inspection.objects.get().findings["document"]
    assert document["report"]["access"] == "BAC"
    assert document["verdict"] == "successful"
    for shown in ("Chip opened with", ">BAC<", "1.4 s", "the chip offers no PACE", "Reader 9000", "420 ms"):
        assert shown in page
    assert "the centre cannot repeat it" in page


def test_a_report_of_a_reading_that_failed_goes_on_by_hand(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    failure = {"text": "the document left the reader", "parts": {}}
    page = sent(officer, monkeypatch, report(access="", checks=[], failure=failure), files=False).content.decode()
    document = Inspection.objects.get().findings["document"]
    assert document["verdict"] == "undetermined"
    assert "the chip was not read to its end: the document left the reader" in page


@pytest.mark.parametrize("text", ["{", '{"agent": "x", "verdict": "successful"}', "x" * 70_000])
def test_a_report_that_is_none_is_an_error_and_nothing_is_stored(
    officer: Client, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    page = sent(officer, monkeypatch, text)
    assert page.redirect_chain == []
    assert "error-summary" in page.content.decode()
    assert Inspection.objects.count() == 0
