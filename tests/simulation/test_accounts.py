from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Config, Mode
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.simulation import accounts

pytestmark = pytest.mark.django_db


def test_there_is_one_account_for_each_role_and_it_can_sign_in() -> None:
    assert accounts.accounts_create() == 10
    assert accounts.accounts_create() == 0
    for account in accounts.demo_accounts():
        user = authenticate(username=account.username, password=account.password)
        assert isinstance(user, User)
        assert user.is_demo
        assert user.role_set == set(account.roles)
    assert {role for account in accounts.demo_accounts() for role in account.roles} == set(Role)


def test_production_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "config", lambda: Config.model_construct(mode=Mode.PRODUCTION))
    with pytest.raises(RefusedError, match="do not exist in production"):
        accounts.accounts_create()
    assert not User.objects.exists()
