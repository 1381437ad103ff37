"""The specimen passport of BSI (2008): every data group by its exact values."""

from __future__ import annotations

import pytest
from tests.conformance import conformance

from gatehouse.documents import lds
from gatehouse.documents.images import ImageFacts, ImageFormat
from gatehouse.documents.lds import com, dg1, dg2, dg3, dg7, dg11, dg12, dg14, dg15
from gatehouse.documents.lds.dg3 import Finger
from gatehouse.documents.lds.face import Described
from gatehouse.documents.lds.security_infos import SecurityInfo
from gatehouse.kernel.errors import UnreadableError


def specimen(name: str) -> bytes:
    return conformance(f"documents/specimen-bsi-2008/EF_{name}.bin").read_bytes()


def test_com() -> None:
    assert com.read(specimen("COM")) == com.Com("1.7", "4.0.0", (0x61, 0x75, 0x63, 0x6E))


def test_dg1() -> None:
    read = dg1.read(specimen("DG1"))
    assert read.lines == (
        "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
        "C11T002JM4D<<9608122F1310317<<<<<<<<<<<<<<<6",
    )


def test_dg2_has_one_face_whose_record_states_another_size() -> None:
    read = dg2.read(specimen("DG2"))
    (face,) = read.faces
    assert (read.stated, read.refused) == (1, ())
    assert (face.format, face.width, face.height) == (ImageFormat.JPEG_2000, 413, 531)
    assert face.described == Described(format=ImageFormat.JPEG_2000, width=337, height=449)
    assert len(face.image) == 14999
    assert face.image.startswith(bytes.fromhex("0000000C6A502020"))
    assert face.image.endswith(b"\xff\xd9")


def test_dg3_names_the_fingers() -> None:
    assert dg3.read(specimen("DG3")) == dg3.Dg3(
        2,
        (
            Finger("right index", "ISO/IEC 19794-4", 1, "WSQ", 16435),
            Finger("left index", "ISO/IEC 19794-4", 1, "WSQ", 15977),
        ),
    )


def test_dg7_has_one_signature() -> None:
    read = dg7.read(specimen("DG7"))
    assert read.stated == 1
    assert [signature.facts for signature in read.signatures] == [ImageFacts(ImageFormat.JPEG_2000, 550, 142)]


def test_dg11() -> None:
    assert dg11.read(specimen("DG11")) == dg11.Dg11(
        full_name="Doe John",
        other_names=("William",),
        personal_number="123",
        birth_date="1970-01-01",
        birth_place="TEST<TEST",
        address="TEST<TEST",
        telephone="123",
        profession="TEST",
        title="TEST",
        personal_summary="TEST",
        proof_of_citizenship=b"\0",
        other_documents=("123", "123"),
        custody="TEST",
    )


def test_dg12() -> None:
    assert dg12.read(specimen("DG12")) == dg12.Dg12(
        issuing_authority="TEST",
        issue_date="2024-01-01",
        other_persons=("William",),
        endorsements="TEST",
        tax_exit_requirements="TEST",
        front_image=b"\0",
        rear_image=b"\0",
        personalised="2024-01-01T12:30:59",
        personalisation_system="123",
    )


def test_dg14_offers_chip_authentication_on_a_curve_given_by_its_parameters() -> None:
    key, chip, terminal = dg14.read(specimen("DG14")).infos
    assert (key.oid, key.name, key.key_id) == ("0.4.0.127.0.7.2.2.1.2", "id-PK-ECDH", None)
    assert key.key is not None
    assert (key.key.kind, key.key.curve, key.key.bits, key.key.explicit) == ("EC", "brainpoolP224r1", 224, True)
    assert chip == SecurityInfo("0.4.0.127.0.7.2.2.3.2.1", "id-CA-ECDH-3DES-CBC-CBC", version=1)
    assert terminal == SecurityInfo("0.4.0.127.0.7.2.2.2", "id-TA", version=1)


def test_dg15_holds_an_rsa_key() -> None:
    key = dg15.read(specimen("DG15")).key
    assert (key.kind, key.bits, key.curve) == ("RSA", 1024, None)
    assert len(key.der) == 161


def test_the_same_by_name_tag_and_number() -> None:
    data = specimen("DG1")
    assert lds.read("DG1", data) == lds.read(0x61, data) == lds.read(1, data) == dg1.read(data)


def test_a_file_in_anothers_place_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^the file begins with tag 61 instead of 75$"):
        lds.read(2, specimen("DG1"))
