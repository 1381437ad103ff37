from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from gatehouse.audit.models import Leaf, Payload
from gatehouse.platform.models import User
from gatehouse.platform.permissions import ANYONE, PERMISSIONS, SIGNED_IN, Role
from gatehouse.web import words
from gatehouse.web.permissions import PermissionMiddleware, permission

ID = "01890000-0000-7000-8000-000000000000"
EXAMPLES = {
    "<uuid:inspection>": ID,
    "<uuid:traveller>": ID,
    "<uuid:passkey>": ID,
    "<uuid:alert_id>": ID,
    "<uuid:handover>": ID,
    "<kind:kind>": "refuse",
    "<day:day>": "2026-11-22",
    "<str:port>": "TPE",
    "<str:code>": "UT",
    "<direction:direction>": "entry",
    "<int:year>": "112",
    "<int:number>": "1",
    "<slug:code>": "southern-building",
    "<slug:part>": "goals",
    "<figure:id>": "egate-availability",
    "<format:format>": "html",
    "<assetclass:asset_class>": "e_gate",
}


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        else:
            yield path, entry


ROUTES = list(routes(get_resolver("gatehouse.web.urls")))


def needed(entry: URLPattern) -> str | None:
    return getattr(entry.callback, "permission", None)


def concrete(path: str) -> str:
    for part, value in EXAMPLES.items():
        path = path.replace(part, value)
    assert "<" not in path, f"say what stands for the parameter of {path}"
    return path


@pytest.mark.parametrize(("path", "entry"), ROUTES, ids=[path for path, _ in ROUTES])
def test_every_view_names_a_permission_of_the_house(path: str, entry: URLPattern) -> None:
    assert needed(entry) in {ANYONE, SIGNED_IN, *PERMISSIONS}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_it_may_and_nothing_else(role: Role, person: Callable[..., User], client: Client) -> None:
    client.force_login(person(role))
    for path, entry in ROUTES:
        name = needed(entry) or ""
        holders = PERMISSIONS.get(name, frozenset(Role))
        answer = client.get(concrete(path))
        assert (answer.status_code == 403) == (role not in holders), f"{role} at {path}"


@pytest.mark.django_db
def test_a_stranger_is_led_to_the_sign_in(client: Client) -> None:
    for path, entry in ROUTES:
        if needed(entry) != ANYONE:
            answer = client.get(concrete(path))
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/sign-in/"), path


@pytest.mark.django_db
def test_a_view_that_names_no_permission_is_shown_to_nobody(person: Callable[..., User]) -> None:
    request = RequestFactory().get("/")
    request.user = person(Role.SUPERVISOR)
    request.session = {}  # type: ignore[assignment]
    middleware = PermissionMiddleware(lambda _: pytest.fail("the view ran"))
    answer = middleware.process_view(request, lambda _: pytest.fail("the view ran"), (), {})
    assert answer is not None
    assert answer.status_code == 403


def test_a_permission_that_nobody_declared_cannot_be_named() -> None:
    with pytest.raises(KeyError):
        permission("border.everything")


def test_every_permission_and_role_has_its_words() -> None:
    assert set(words.PERMISSIONS) == set(PERMISSIONS)
    assert set(words.ROLES) == set(Role)


@pytest.mark.django_db
def test_who_tries_what_is_not_theirs_leaves_a_leaf(person: Callable[..., User], client: Client) -> None:
    client.force_login(person(Role.ENGINEER))
    assert client.get("/access-log/").status_code == 403
    [leaf], [payload] = Leaf.objects.all(), Payload.objects.all()
    assert json.loads(leaf.body)["action"] == "platform.access_refuse"
    said = json.loads(payload.body)
    assert (said["actor"], said["detail"]) == ("user:engineer", {"path": "/access-log/", "needed": "audit.read"})
