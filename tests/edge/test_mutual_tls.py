"""A device behind the real proxy: nginx ends TLS by the settings that are delivered, the device enrols and renews."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.absence import absent
from tests.edge.certified import PROXY_SECRET, asking_for_certificates
from tests.edge.test_routes import LANE, passage

from gatehouse.border.models import Crossing
from gatehouse.device.identity import Identity, IdentitySettings, connected
from gatehouse.kernel.clock import FixedClock, SystemClock
from gatehouse.kernel.errors import ForbiddenError
from gatehouse.platform.config import config
from gatehouse.platform.device_authority import authority, authority_make
from gatehouse.platform.device_certificates import revoked_certificates
from gatehouse.platform.models import DeviceCertificate
from gatehouse.platform.services import device_register, device_revoke

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx" / "gatehouse.conf"
NGINX = "/usr/sbin/nginx"
pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]


@dataclass
class Proxy:
    folder: Path
    port: int

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    @property
    def server_ca(self) -> Path:
        return self.folder / "server.pem"

    def reload(self) -> None:
        """As after a new list of revocations."""
        write_revocations(self.folder)
        command("-s", "reload", "-c", str(self.folder / "nginx.conf"))
        time.sleep(1)


def command(*arguments: str) -> None:
    subprocess.run([NGINX, *arguments], check=True, capture_output=True)


def write_revocations(folder: Path) -> None:
    now = SystemClock().now()
    (folder / "devices.crl").write_bytes(authority().revocation_list(revoked_certificates(now=now), now=now))


def write_server_certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "border.example")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    )
    pem = builder.sign(key, SHA256()).public_bytes(Encoding.PEM)
    (folder / "server.pem").write_bytes(pem)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "server.key").write_bytes(private)


def settings_of(folder: Path, port: int, centre: str) -> str:
    """The delivered file with the paths and ports of this test."""
    here = {
        "443 ssl": f"127.0.0.1:{port} ssl",
        "/etc/gatehouse/border.example.pem": str(folder / "server.pem"),
        "/etc/gatehouse/border.example.key": str(folder / "server.key"),
        "/etc/gatehouse/device-ca.pem": str(config().device_ca),
        "/etc/gatehouse/devices.crl": str(folder / "devices.crl"),
        "/etc/gatehouse/proxy-secret.conf": str(folder / "proxy-secret.conf"),
        "127.0.0.1:8000": urlsplit(centre).netloc,
        "$host": urlsplit(centre).netloc,
    }
    server = SHIPPED.read_text()
    for shipped, own in here.items():
        assert shipped in server
        server = server.replace(shipped, own)
    temporary = "".join(
        f"    {kind}_temp_path {folder / kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"pid {folder / 'nginx.pid'};\nerror_log {folder / 'error.log'};\nevents {{}}\nhttp {{\n"
        f"    access_log off;\n{temporary}{server}}}\n"
    )


@pytest.fixture
def proxy(tmp_path: Path, live_server: Any) -> Iterator[Proxy]:
    if not shutil.which(NGINX):
        absent("nginx is not installed")
    with asking_for_certificates(tmp_path), socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        write_server_certificate(tmp_path)
        write_revocations(tmp_path)
        (tmp_path / "proxy-secret.conf").write_text(f'proxy_set_header X-Gatehouse-Proxy "{PROXY_SECRET}";\n')
        file = tmp_path / "nginx.conf"
        file.write_text(settings_of(tmp_path, port, live_server.url))
        command("-c", str(file))
        try:
            yield Proxy(tmp_path, port)
        finally:
            command("-s", "quit", "-c", str(file))


def identity_in(proxy: Proxy, name: str = "device.pem") -> IdentitySettings:
    return IdentitySettings(file=proxy.folder / name, centre_ca=proxy.server_ca)


def record(client: httpx.Client, token: str, **changes: Any) -> httpx.Response:
    return client.post("/edge/v1/crossings", json=passage(**changes), headers={"Authorization": f"Bearer {token}"})


def test_a_device_enrols_by_itself_and_renews_before_the_end(proxy: Proxy) -> None:
    token, identity = device_register(name=LANE, port="TPE"), identity_in(proxy)
    with connected(proxy.address, identity, device=LANE, token=token, clock=SystemClock()) as client:
        assert record(client, token).status_code == 201
    first = Identity(identity).certificate()
    assert identity.file.stat().st_mode & 0o777 == 0o600
    with connected(proxy.address, identity, device=LANE, token=token, clock=SystemClock()) as client:
        assert record(client, token).status_code == 200
    assert Identity(identity).certificate() == first
    later = FixedClock(SystemClock().now() + timedelta(hours=49))
    with connected(proxy.address, identity, device=LANE, token=token, clock=later) as client:
        assert record(client, token, sequence=18).status_code == 201
    assert Identity(identity).certificate() != first
    assert (DeviceCertificate.objects.count(), Crossing.objects.count()) == (2, 2)


def test_a_copied_token_is_worth_nothing(proxy: Proxy) -> None:
    token = device_register(name=LANE, port="TPE")
    with connected(proxy.address, identity_in(proxy), device=LANE, token=token, clock=SystemClock()):
        pass
    thief = identity_in(proxy, "thief.pem")
    with (
        pytest.raises(ForbiddenError, match="TPE-E01 has to show its certificate"),
        connected(proxy.address, thief, device=LANE, token=token, clock=SystemClock()),
    ):
        pass
    seen = Identity(identity_in(proxy)).certificate()
    assert seen is not None
    named = quote(seen.public_bytes(Encoding.PEM).decode())
    headers = {"Authorization": f"Bearer {token}", "Client-Cert": named}
    with httpx.Client(base_url=proxy.address, verify=Identity(thief).context()) as client:
        answer = client.post("/edge/v1/crossings", json=passage(), headers=headers)
    # what came from outside under the header's name was taken out by the proxy
    assert (answer.status_code, answer.json()) == (403, {"error": "TPE-E01 has to show its certificate"})
    assert Crossing.objects.count() == 0


def shown_to(proxy: Proxy, token: str, name: str, *, house: Any, hours_ago: int = 0) -> httpx.Response:
    """What the proxy and the centre say to a certificate that `house` signed by hand."""
    key = ec.generate_private_key(ec.SECP256R1())
    request = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, SHA256())
    pem = request.public_bytes(Encoding.PEM).decode()
    signed = house.signed(pem, device=name, now=SystemClock().now() - timedelta(hours=hours_ago), hours=72)
    file = proxy.folder / "made.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(private + signed.public_bytes(Encoding.PEM))
    context = ssl.create_default_context(cafile=str(proxy.server_ca))
    context.load_cert_chain(file)
    with httpx.Client(base_url=proxy.address, verify=context) as client:
        return record(client, token)


def test_certificates_that_do_not_hold_are_refused_by_the_proxy_or_the_centre(proxy: Proxy) -> None:
    token = device_register(name=LANE, port="TPE")
    stranger = authority_make(name="Gatehouse devices", now=SystemClock().now())
    assert shown_to(proxy, token, LANE, house=stranger).status_code == 400
    assert shown_to(proxy, token, LANE, house=authority(), hours_ago=73).status_code == 400
    unlisted = shown_to(proxy, token, LANE, house=authority())
    assert (unlisted.status_code, unlisted.json()) == (
        403,
        {"error": "this certificate of TPE-E01 was ended, or never issued"},
    )
    other = shown_to(proxy, token, "TPE-E02", house=authority())
    assert (other.status_code, other.json()) == (403, {"error": "the certificate is not that of TPE-E01"})
    assert Crossing.objects.count() == 0


def test_a_revoked_certificate_is_out_at_the_centre_at_once_and_at_the_proxy_with_its_list(proxy: Proxy) -> None:
    token, identity = device_register(name=LANE, port="TPE"), identity_in(proxy)
    with connected(proxy.address, identity, device=LANE, token=token, clock=SystemClock()) as client:
        assert record(client, token).status_code == 201
        device_revoke(clock=SystemClock(), name=LANE)
        assert record(client, token, sequence=18).status_code == 401
    proxy.reload()
    with httpx.Client(base_url=proxy.address, verify=Identity(identity).context()) as client:
        assert record(client, token, sequence=18).status_code == 400
    assert Crossing.objects.count() == 1
