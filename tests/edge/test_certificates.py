"""The machine API asks for the certificate that the proxy saw, beside the token."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client
from tests.edge.certified import PROXY_SECRET, asking_for_certificates
from tests.edge.test_routes import LANE, passage

from gatehouse.audit.models import Leaf
from gatehouse.border.models import Crossing
from gatehouse.kernel.clock import SystemClock
from gatehouse.platform.config import DeviceTls, config
from gatehouse.platform.models import DeviceCertificate
from gatehouse.platform.services import device_register, device_revoke

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked(tmp_path: Path) -> Iterator[None]:
    with asking_for_certificates(tmp_path):
        yield


def requested() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, SHA256())
    return request.public_bytes(Encoding.PEM).decode()


def post(client: Client, route: str, body: Any, token: str, certificate: str | None = None) -> Any:
    headers = {"Authorization": f"Bearer {token}"} | (
        {"Client-Cert": certificate, "X-Gatehouse-Proxy": PROXY_SECRET} if certificate is not None else {}
    )
    return client.post(f"/edge/v1/{route}", body, content_type="application/json", headers=headers)


def enrolled(client: Client, token: str, name: str = LANE) -> x509.Certificate:
    answer = post(client, "certificates", {"device": name, "request": requested()}, token)
    assert answer.status_code == 200, answer.json()
    return x509.load_pem_x509_certificate(answer.json()["certificate"].encode())


def by_rfc_9440(certificate: x509.Certificate) -> str:
    return f":{b64encode(certificate.public_bytes(Encoding.DER)).decode()}:"


def by_nginx(certificate: x509.Certificate) -> str:
    return quote(certificate.public_bytes(Encoding.PEM).decode())


@pytest.mark.parametrize("written", [by_rfc_9440, by_nginx])
def test_token_and_certificate_together_let_a_device_in(client: Client, written: Any) -> None:
    token = device_register(name=LANE, port="TPE")
    certificate = enrolled(client, token)
    assert post(client, "crossings", passage(), token, written(certificate)).status_code == 201


def test_each_alone_does_not(client: Client) -> None:
    token, other = (device_register(name=name, port="TPE") for name in (LANE, "TPE-E02"))
    own, others = enrolled(client, token), enrolled(client, other, "TPE-E02")
    answers = [
        post(client, "crossings", passage(), token),
        post(client, "crossings", passage(), token, by_rfc_9440(others)),
        post(client, "crossings", passage(), "no such token", by_rfc_9440(own)),
        post(client, "events", {"device": LANE, "events": [], "oldest": 0, "newest": 0}, token),
        post(client, "telemetry", {"device": LANE, "sent_at": "2026-01-01T00:00:00Z", "records": []}, token),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 401, 403, 403]
    assert answers[0].json() == {"error": "TPE-E01 has to show its certificate"}
    assert Crossing.objects.count() == 0


@pytest.mark.parametrize("shown", ["::", ":AAAA:", "x", "%00", ":" + "A" * 9000 + ":", ":***:"])
def test_what_is_no_certificate_is_refused(client: Client, shown: str) -> None:
    token = device_register(name=LANE, port="TPE")
    enrolled(client, token)
    answer = post(client, "crossings", passage(), token, shown)
    assert (answer.status_code, answer.json()) == (403, {"error": "what was shown is no certificate"})
    assert Crossing.objects.count() == 0


@pytest.mark.parametrize("proof", [None, "", "p" * 42, "q" * 43])
def test_a_certificate_that_did_not_come_by_the_proxy_is_refused(client: Client, proof: str | None) -> None:
    """It is public: whoever reaches the port of the centre itself, with a copied token, has it too."""
    token = device_register(name=LANE, port="TPE")
    headers = {"Authorization": f"Bearer {token}", "Client-Cert": by_nginx(enrolled(client, token))}
    headers |= {} if proof is None else {"X-Gatehouse-Proxy": proof}
    answer = client.post("/edge/v1/crossings", passage(), content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"error": "a certificate is taken from the proxy alone"})
    assert Crossing.objects.count() == 0


def test_a_copied_token_enrols_no_second_time(client: Client) -> None:
    token = device_register(name=LANE, port="TPE")
    first = enrolled(client, token)
    again = post(client, "certificates", {"device": LANE, "request": requested()}, token)
    assert (again.status_code, again.json()) == (403, {"error": "TPE-E01 has to show its certificate"})
    renewed = post(client, "certificates", {"device": LANE, "request": requested()}, token, by_nginx(first))
    assert renewed.status_code == 200
    assert DeviceCertificate.objects.count() == 2
    assert Leaf.objects.filter(body__contains="platform.device_certificate").count() == 2


def test_a_device_enrols_for_itself_alone(client: Client) -> None:
    token = device_register(name=LANE, port="TPE")
    answer = post(client, "certificates", {"device": "TPE-E02", "request": requested()}, token)
    assert answer.status_code == 403
    assert DeviceCertificate.objects.count() == 0


def test_a_revoked_device_is_out(client: Client) -> None:
    token = device_register(name=LANE, port="TPE")
    certificate = enrolled(client, token)
    device_revoke(clock=SystemClock(), name=LANE)
    assert post(client, "crossings", passage(), token, by_nginx(certificate)).status_code == 401
    token = device_register(name=LANE, port="TPE")
    assert post(client, "crossings", passage(), token, by_nginx(certificate)).status_code == 403


def test_where_no_certificates_are_asked_none_are_given_and_the_header_says_nothing(client: Client) -> None:
    token = device_register(name=LANE, port="TPE")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config(), "device_tls", DeviceTls.OFF)
        answer = post(client, "certificates", {"device": LANE, "request": requested()}, token)
        assert (answer.status_code, answer.json()) == (422, {"error": "this centre asks devices for no certificates"})
        assert post(client, "crossings", passage(), token, "nonsense").status_code == 201
