"""Face records of ISO/IEC 39794-5: ICAO's samples, good and bad."""

from __future__ import annotations

import pytest
from tests.conformance import conformance

from gatehouse.documents.images import ImageFormat
from gatehouse.documents.lds import dg2, face_39794
from gatehouse.documents.lds.face import Described, Face, Pose
from gatehouse.documents.tlv import Tlv, compose, outermost
from gatehouse.kernel.errors import UnreadableError

ALL_FIELDS = Described(
    format=ImageFormat.JPEG_2000,
    width=572,
    height=731,
    sex="F",
    eye_colour="blue",
    hair_colour="brown",
    body_height=1786,
    pose=Pose(yaw=2, pitch=3, roll=1),
    feature_points=1,
    captured="2024-01-20T13:23:09",
)
MANDATORY = Described(format=ImageFormat.JPEG_2000)


def sample(name: str) -> bytes:
    return conformance(f"documents/face-39794/ICAO_39794_5_AP_{name}").read_bytes()


def record(name: str) -> Tlv:
    return outermost(compose(0x7F2E, sample(name)), 0x7F2E)


@pytest.mark.parametrize(("fields", "described"), [("AllFields", ALL_FIELDS), ("MandFields", MANDATORY)])
def test_a_record_gives_its_face(fields: str, described: Described) -> None:
    (face,) = face_39794.read(record(f"{fields}.dat"))
    assert face == Face(sample("Face.jpg"), ImageFormat.JPEG_2000, 413, 531, described)


@pytest.mark.parametrize(("fields", "described"), [("AllFields", ALL_FIELDS), ("MandFields", MANDATORY)])
def test_a_data_group_gives_its_face(fields: str, described: Described) -> None:
    read = dg2.read(sample(f"DG2_{fields}.dat"))
    assert read.faces == (Face(sample("DG2_Face.jpg"), ImageFormat.JPEG_2000, 413, 531, described),)
    assert (read.stated, read.refused) == (1, ())


def test_an_invalid_image_is_refused_with_its_reason() -> None:
    (refused,) = face_39794.read(record("MandFields_InvalidImage.dat"))
    assert isinstance(refused, UnreadableError)
    assert str(refused) == "the image is neither JPEG nor JPEG 2000: it begins with 00000000"


def test_a_record_without_representation_is_refused() -> None:
    with pytest.raises(UnreadableError, match=r"^data object 7F2E lacks A1 65 A1$"):
        list(face_39794.read(outermost(compose(0x7F2E, compose(0xA1, compose(0x65))), 0x7F2E)))
