from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from tests.documents import pki_factory as made

from gatehouse.platform import trust
from gatehouse.platform.config import Config
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(trust, "config", lambda: Config(state=tmp_path))
    (tmp_path / "trust").mkdir()
    return tmp_path / "trust"


def client(role: Role) -> Client:
    user = user_create(username=role.value, password="a long enough password", roles=[role], full_name="X")
    client = Client()
    client.force_login(user)
    return client


def test_who_may_not_read_it_is_refused(folder: Path) -> None:
    (folder / "a.cer").write_bytes(made.csca("UT").der)
    officer = client(Role.INSPECTOR)
    for path in ("/trust/", "/trust/history/", "/trust/history/1/", "/trust/countries/UT/"):
        assert officer.get(path).status_code == 403


def test_what_is_not_there_is_not_found(folder: Path) -> None:
    (folder / "a.cer").write_bytes(made.csca("UT").der)
    engineer = client(Role.ENGINEER)
    assert engineer.get("/trust/countries/UT/").status_code == 200
    for path in ("/trust/countries/XX/", "/trust/history/1/"):
        assert engineer.get(path).status_code == 404


def test_a_wrong_number_of_months_is_said(folder: Path) -> None:
    assert client(Role.ENGINEER).get("/trust/?months=7").status_code == 400


def test_lists_that_cannot_be_used_are_said_and_show_nothing(folder: Path) -> None:
    (folder / "broken.ml").write_bytes(b"no list")
    answer = client(Role.ENGINEER).get("/trust/")
    assert "broken.ml" in str(answer.context["broken"])
    assert "countries" not in answer.context
    assert b'role="alert"' in answer.content
