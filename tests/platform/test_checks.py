from __future__ import annotations

import pytest

from gatehouse.platform import checks
from gatehouse.platform.config import Config, Mode
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db


def found(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(checks, "config", lambda: Config.model_construct(mode=mode))
    return [error.msg for error in checks.no_demo_accounts(None, ["default"])]


def test_production_is_not_served_while_a_demo_account_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    user_create(username="real", password="a long enough one", roles=[Role.INSPECTOR])
    assert found(Mode.PRODUCTION, monkeypatch) == []
    user_create(username="chen", password="a long enough one", roles=[Role.INSPECTOR], is_demo=True)
    assert found(Mode.PRODUCTION, monkeypatch) == [
        "1 demo accounts exist: delete them before this database serves in production"
    ]
    assert found(Mode.DEMO, monkeypatch) == []
