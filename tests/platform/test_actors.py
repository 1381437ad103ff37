from __future__ import annotations

import pytest

from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create


@pytest.mark.django_db
def test_a_person_holds_what_their_roles_hold() -> None:
    chen = Actor.of(user_create(username="chen", password="x", roles=[Role.INSPECTOR]))
    assert str(chen) == "user:chen"
    assert chen.permissions == {"border.inspect", "border.read_crossings"}
    with pytest.raises(ForbiddenError, match=r"user:chen may not do this: it needs border\.correct"):
        chen.require("border.correct")


def test_a_device_records_crossings_delivers_its_ledger_and_nothing_else() -> None:
    lane = Actor.device("TPE-T1-E01")
    assert lane.permissions == {"border.record_crossing", "border.deliver_events", "monitoring.observe"}
    assert not lane.may("border.inspect")
    with pytest.raises(KeyError):
        lane.may("border.fly")
