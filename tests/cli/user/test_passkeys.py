from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.models import Passkey
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create
from tests.cli.running import run

pytestmark = pytest.mark.django_db


def test_an_operator_sees_passkeys_and_removes_one_that_was_lost(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("gatehouse.cli.user.passkeys.open_store", nullcontext)
    user = user_create(username="chen", password="a long enough one", roles=[Role.INSPECTOR])
    assert run(capsys, "user", "passkeys", "chen") == (0, "no passkeys\n", "")
    added = datetime(2026, 11, 27, 3, tzinfo=UTC)
    lost = Passkey.objects.create(
        user=user, name="phone", credential_id=b"1", credential=b"", counter=0, added_at=added
    )
    assert run(capsys, "user", "passkeys", "chen") == (0, f"{lost.pk}  phone  used never\n", "")
    code, out, _ = run(capsys, "user", "passkeys", "chen", "--json")
    shown = {"id": str(lost.pk), "name": "phone", "added_at": "2026-11-27T03:00:00+00:00", "used_at": None}
    assert (code, json.loads(out)) == (0, {"username": "chen", "passkeys": [shown]})
    assert run(capsys, "user", "passkeys", "chen", "--remove", str(lost.pk)) == (
        0,
        "The passkey “phone” of chen opens nothing any more.\n",
        "",
    )
    assert not Passkey.objects.exists()
    [leaf], [payload] = Leaf.objects.all(), Payload.objects.all()
    assert json.loads(leaf.body)["action"] == "platform.passkey_remove"
    assert json.loads(payload.body)["detail"] == {"user": "user:chen", "passkey": str(lost.pk)}
    code, _, err = run(capsys, "user", "passkeys", "chen", "--remove", str(lost.pk))
    assert (code, err) == (1, f"gatehouse: chen has no passkey {lost.pk}\n")
    assert run(capsys, "user", "passkeys", "lin") == (1, "", "gatehouse: there is no account lin\n")
    assert Leaf.objects.count() == 1
