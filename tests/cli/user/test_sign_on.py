from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.models import SignOn
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from tests.cli.running import run

pytestmark = pytest.mark.django_db


def test_an_operator_sees_whom_an_account_is_tied_to_and_unties_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gatehouse.cli.user.sign_on.open_store", nullcontext)
    user = user_create(username="chen", password="a long enough one", roles=[Role.INSPECTOR])
    assert run(capsys, "user", "sign-on", "chen") == (0, "chen is tied to nobody\n", "")
    at = datetime(2026, 11, 27, 3, tzinfo=UTC)
    SignOn.objects.create(user=user, issuer="https://id.example", subject="24", tied_at=at)
    assert run(capsys, "user", "sign-on", "chen") == (0, "chen is 24 of https://id.example\n", "")
    code, out, _ = run(capsys, "user", "sign-on", "chen", "--json")
    tied = {"issuer": "https://id.example", "subject": "24"}
    assert (code, json.loads(out)) == (0, {"username": "chen", "tied": tied})
    code, out, _ = run(capsys, "user", "sign-on", "chen", "--forget", "--json")
    assert (code, json.loads(out)) == (0, {"username": "chen", "forgotten": "24"})
    assert not SignOn.objects.exists()
    [leaf], [payload] = Leaf.objects.all(), Payload.objects.all()
    assert json.loads(leaf.body)["action"] == "platform.sign_on_forget"
    assert json.loads(payload.body)["detail"] == {"user": "user:chen"}
    said = "gatehouse: chen is tied to nobody of the agency's sign-on\n"
    assert run(capsys, "user", "sign-on", "chen", "--forget") == (1, "", said)
    assert Leaf.objects.count() == 1
