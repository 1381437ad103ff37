from __future__ import annotations

import pytest

from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.actors import Actor, ActorKind
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create


@pytest.mark.django_db
def test_a_person_holds_what_their_roles_hold() -> None:
    chen = Actor.of(user_create(username="chen", password="x", roles=[Role.INSPECTOR]))
    assert str(chen) == "user:chen"
    assert chen.permissions == {
        "border.inspect",
        "border.hand_over",
        "border.read_crossings",
        "platform.break_glass",
    }
    with pytest.raises(ForbiddenError, match=r"user:chen may not do this: it needs border\.correct"):
        chen.require("border.correct")


def test_a_device_records_crossings_delivers_its_ledger_and_nothing_else() -> None:
    lane = Actor.device("TPE-T1-E01")
    assert lane.permissions == {
        "border.record_crossing",
        "border.deliver_events",
        "monitoring.observe",
        "platform.renew_certificate",
    }
    assert not lane.may("border.inspect")
    with pytest.raises(KeyError):
        lane.may("border.fly")


def test_a_person_works_at_their_own_port_alone() -> None:
    chen = Actor(ActorKind.USER, "chen", frozenset({"border.inspect"}), "TPE")
    chen.require_at("border.inspect", "TPE")
    with pytest.raises(ForbiddenError, match="user:chen is on duty at TPE and not at KHH"):
        chen.require_at("border.inspect", "KHH")
    with pytest.raises(ForbiddenError, match=r"needs border\.correct"):
        chen.require_at("border.correct", "TPE")


@pytest.mark.parametrize("port", [None, ""])
def test_where_the_port_is_not_known_nothing_is_done(port: str | None) -> None:
    for actor in (Actor(ActorKind.USER, "lin", frozenset({"border.inspect"})), Actor.system("job")):
        with pytest.raises(ForbiddenError, match="not known at which port"):
            actor.require_at("border.inspect", port)


def test_who_works_for_all_ports_works_at_each() -> None:
    Actor(ActorKind.USER, "lin", frozenset({"border.inspect"})).require_at("border.inspect", "KHH")
