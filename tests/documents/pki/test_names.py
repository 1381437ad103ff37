from __future__ import annotations

from asn1crypto import x509

from gatehouse.documents.pki.names import Name, dotted
from gatehouse.documents.tlv import compose


def read(**parts: str) -> Name:
    return Name.read(x509.Name.build(dict(parts)).dump())


def test_the_text_is_that_of_rfc_4514() -> None:
    name = read(country_name="at", organization_name='A, "B" + C', common_name="tab\there")
    assert name.text == r"CN=tab\09here,O=A\, \"B\" \+ C,C=at"
    assert name.country == "AT"


def common_name(string: int, text: bytes) -> bytes:
    return compose(0x31, compose(0x30, bytes.fromhex("0603550403"), compose(string, text)))


def test_case_spaces_and_the_kind_of_string_do_not_count() -> None:
    utf8, bmp = common_name(0x0C, b"csca  X "), common_name(0x1E, "CSCA x".encode("utf-16-be"))
    assert Name.read(compose(0x30, utf8)).key == Name.read(compose(0x30, bmp)).key


def test_the_order_of_the_parts_does_count() -> None:
    one, other = common_name(0x0C, b"one"), common_name(0x0C, b"other")
    assert Name.read(compose(0x30, one, other)).key != Name.read(compose(0x30, other, one)).key


def test_an_object_identifier_with_dots() -> None:
    assert dotted(bytes.fromhex("678108010101")) == "2.23.136.1.1.1"
    assert dotted(bytes.fromhex("2a864886f70d010702")) == "1.2.840.113549.1.7.2"
    assert dotted(b"") == ""
