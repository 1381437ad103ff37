"""The evidence names which versions of which lists a check rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from django.utils.translation import override
from tests.web import waiting

from gatehouse.border.api import Direction, inspection_open, inspection_view
from gatehouse.documents.inspectionlog.files import one_read
from gatehouse.documents.pki.trust import TrustStore
from gatehouse.platform.actors import Actor
from gatehouse.platform.models import User
from gatehouse.platform.permissions import Role
from gatehouse.web.clock import CLOCK
from gatehouse.web.console.evidence import evidence_of

pytestmark = pytest.mark.django_db


def opened(officer: Actor, trust: TrustStore) -> UUID:
    waiting.arrives("JPN")
    return inspection_open(
        clock=CLOCK,
        officer=officer,
        port="TPE",
        lane="A12",
        direction=Direction.ENTRY,
        reading=waiting.waiting.popleft(),
        trust=trust,
    )


def test_the_versions_a_verdict_rests_on_are_kept_and_shown(person: Callable[..., User], tmp_path: Path) -> None:
    issuer = waiting.issuer("JPN")
    (tmp_path / "states.ml").write_bytes(issuer.master_list([issuer]))
    (tmp_path / "states.crl").write_bytes(issuer.crl())
    officer = Actor.of(person(Role.SECOND_LINE))
    inspection = opened(officer, TrustStore.load([tmp_path]))
    seen = inspection_view(inspection, clock=CLOCK, reader=officer, purpose="second_line_check")
    kinds = [each.kind.value for each in seen.document.versions]
    assert kinds == ["master list", "revocation list", "algorithm policy"]
    listed = hashlib.sha256((tmp_path / "states.ml").read_bytes()).hexdigest()
    assert (seen.document.versions[0].name, seen.document.versions[0].sha256) == ("states.ml", listed)
    with override("en"):
        facts = {entry.id: {str(name): str(value) for name, value in entry.facts} for entry in evidence_of(seen)}
    assert f"states.ml · {seen.document.versions[0].issued} · {listed[:16]}…" in facts["dsc_chain"]["Versions used"]
    assert "algorithms.csv" in facts["algorithm_policy"]["Versions used"]
    assert "Versions used" not in facts["dg_hash"]


def test_who_may_finds_the_inspection_log_which_names_nobody(person: Callable[..., User], client: Client) -> None:
    inspector, second = person(Role.INSPECTOR), person(Role.SECOND_LINE)
    inspection = opened(Actor.of(inspector), waiting.trusted().anchors)
    address = f"/console/{inspection}/"
    client.force_login(inspector)
    assert f"{address}log.xml" not in client.get(address).content.decode()
    assert client.get(f"{address}log.xml").status_code == 403
    client.force_login(second)
    shown = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert f'href="{address}log.xml"' in shown
    assert f'href="{address}log.json"' in shown
    holder = waiting.passport("JPN").holder
    for form in ("xml", "json"):
        answer = client.get(f"{address}log.{form}")
        assert answer["Content-Type"] == f"application/{form}"
        assert answer["Content-Disposition"] == f'attachment; filename="inspection-{inspection}.{form}"'
        log = one_read(answer.content)
        assert (log.transaction, log.profile, log.overall.house) == (inspection, "standard", "successful")
        assert holder.surname not in answer.content.decode()
    assert client.get("/console/01890000-0000-7000-8000-000000000000/log.xml").status_code == 404
