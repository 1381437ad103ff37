from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ed25519

from gatehouse.kernel.errors import UnreadableError
from gatehouse.security.domain.posture.expiries import Term, check_terms, read_certificates, read_terms

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def level(left: timedelta) -> str | None:
    found = check_terms([Term("licence", "L", NOW + left, "contract 1")], NOW)
    return found[0].level if found else None


def test_warnings_at_90_30_and_7_days_and_when_it_is_over() -> None:
    second = timedelta(seconds=1)
    for days, at, before in ((90, "low", None), (30, "medium", "low"), (7, "high", "medium")):
        assert level(timedelta(days=days)) == at
        assert level(timedelta(days=days) + second) == before
    assert level(second) == "high"
    assert level(timedelta(0)) == "critical"


def test_a_term_lasts_to_the_end_of_its_last_day() -> None:
    content = (
        "kind,name,valid_until,evidence\nlicence,Gate software,2026-11-26,contract 7\nsupport,Switches,2026-11-23,\n"
    )
    terms = read_terms(content.encode(), "terms.csv")
    assert terms == [
        Term("licence", "Gate software", datetime(2026, 11, 27, tzinfo=UTC), "contract 7"),
        Term("support", "Switches", datetime(2026, 11, 24, tzinfo=UTC), "terms.csv"),
    ]
    assert [(each.level, each.subject, str(each.evidence)) for each in check_terms(terms, NOW)] == [
        ("critical", "Switches", "support ran out 2 days ago (terms.csv)"),
        ("high", "Gate software", "licence runs out in 0 days (contract 7)"),
    ]


def certificate(until: datetime) -> x509.Certificate:
    key = ed25519.Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "border.example")])
    begins = NOW - timedelta(days=10)
    return x509.CertificateBuilder(name, name, key.public_key(), 1, begins, until).sign(key, algorithm=None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "t.csv is no CSV in UTF-8"),
        (b"a,b\n1,2\n", "t.csv has no rows with kind, name and valid_until"),
        (b"kind,name,valid_until\n", "t.csv has no rows with kind, name and valid_until"),
        (b"kind,name,valid_until\nlease,x,2026-01-01\n", "t.csv, row 2: a row has a name and one of the kinds"),
        (b"kind,name,valid_until\nlicence,,2026-01-01\n", "t.csv, row 2: a row has a name and one of the kinds"),
        (b"kind,name,valid_until\nlicence,x,soon\n", "t.csv, row 2: valid_until is no date"),
        (b"kind,name,valid_until\nlicence,x\n", "t.csv, row 2: valid_until is no date"),
    ],
)
def test_terms_that_cannot_be_read(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_terms(content, "t.csv")
    assert str(refused.value).startswith(said)


def test_what_has_no_end_is_not_warned_of() -> None:
    for last in ("9999-12-31", "9999-12-30"):
        terms = read_terms(f"kind,name,valid_until\nlicence,Bought,{last}\n".encode(), "t.csv")
        assert check_terms(terms, NOW) == []
    endless = certificate(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    assert check_terms(read_certificates(endless.public_bytes(serialization.Encoding.DER), "c"), NOW) == []


def test_certificates_in_pem_and_der() -> None:
    made = certificate(NOW + timedelta(days=5))
    pem, der = (made.public_bytes(each) for each in (serialization.Encoding.PEM, serialization.Encoding.DER))
    term = Term("certificate", "CN=border.example", NOW + timedelta(days=5, seconds=1), "server.pem")
    assert read_certificates(pem + pem, "server.pem") == [term, term]
    assert read_certificates(der, "server.pem") == [term]
    with pytest.raises(UnreadableError, match="x is no certificate in PEM or DER"):
        read_certificates(b"nothing", "x")
