from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from gatehouse.platform.permissions import ANYONE, PERMISSIONS, SIGNED_IN, Role, allowed
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role) -> None:
    user = user_create(username="somebody", password="a long enough one", roles=[role])
    assert {name for name in PERMISSIONS if allowed(user, name)} == {
        name for name, holders in PERMISSIONS.items() if role in holders
    }


def test_nobody_may_do_only_what_anyone_may() -> None:
    nobody = AnonymousUser()
    assert allowed(nobody, ANYONE)
    assert not allowed(nobody, SIGNED_IN)
    assert not any(allowed(nobody, name) for name in PERMISSIONS)


def test_a_closed_account_may_do_nothing() -> None:
    user = user_create(username="gone", password="a long enough one", roles=list(Role))
    user.is_active = False
    assert not any(allowed(user, name) for name in [*PERMISSIONS, SIGNED_IN])


def test_an_undeclared_permission_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        allowed(AnonymousUser(), "border.everything")
