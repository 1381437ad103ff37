"""Several faces, broken ones among them, and records of ISO/IEC 19794-5 that say more than the specimen's."""

from __future__ import annotations

import struct
from io import BytesIO

import pytest
from PIL import Image

from gatehouse.documents.images import ImageFormat
from gatehouse.documents.lds import dg2, face_19794
from gatehouse.documents.lds.face import Described, Pose
from gatehouse.documents.tlv import compose
from gatehouse.kernel.errors import UnreadableError

NO_IMAGE = b"not an image"


def jpeg(width: int = 24, height: int = 32) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height), 128).save(out, "JPEG")
    return out.getvalue()


def face_block(image: bytes, *, points: int = 0, pose: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    information = struct.pack(">HBBB3s2s3B3B", points, 2, 3, 5, b"", b"", *pose, 0, 0, 0)
    picture = struct.pack(">BBHHBBHH", 1, 0, 240, 320, 1, 2, 0, 0)
    return struct.pack(">I", 32 + 8 * points + len(image)) + information + bytes(8 * points) + picture + image


def record(*blocks: bytes, count: int | None = None) -> bytes:
    body = b"".join(blocks)
    return struct.pack(">4s4sIH", b"FAC", b"010", 14 + len(body), len(blocks) if count is None else count) + body


def template(data: bytes) -> bytes:
    return compose(0x7F60, compose(0xA1, compose(0x87, b"\1\1"), compose(0x88, b"\0\x08")), compose(0x5F2E, data))


def file(*templates: bytes, stated: int = 1) -> bytes:
    return compose(0x75, compose(0x7F61, compose(0x02, bytes([stated])), *templates))


def test_what_the_record_says_of_the_face() -> None:
    (face,) = dg2.read(file(template(record(face_block(jpeg(), points=2, pose=(1, 91, 180)))))).faces
    assert (face.format, face.width, face.height) == (ImageFormat.JPEG, 24, 32)
    assert face.described == Described(
        format=ImageFormat.JPEG,
        width=240,
        height=320,
        sex="F",
        eye_colour="brown",
        hair_colour="grey",
        pose=Pose(0, 180, -2),
        feature_points=2,
    )


def test_several_faces_in_a_record_and_in_templates() -> None:
    first = template(record(face_block(jpeg(10, 11)), face_block(jpeg(12, 13))))
    read = dg2.read(file(first, template(record(face_block(jpeg(14, 15)))), stated=2))
    assert [(face.width, face.height) for face in read.faces] == [(10, 11), (12, 13), (14, 15)]


def test_a_refused_image_does_not_take_the_others_along() -> None:
    read = dg2.read(file(template(record(face_block(NO_IMAGE), face_block(jpeg())))))
    assert len(read.faces) == 1
    assert [str(reason) for reason in read.refused] == [
        "the image is neither JPEG nor JPEG 2000: it begins with 6e6f7420"
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (file(stated=0), "no face: the file holds none"),
        (
            file(template(record(face_block(NO_IMAGE)))),
            "no face: the image is neither JPEG nor JPEG 2000: it begins with 6e6f7420",
        ),
        (file(template(b"FIR\0" + bytes(20))), "the face record begins with 46495200 instead of FAC"),
        (file(template(b"FAC")), "the face record is cut off"),
        (file(template(record(count=1))), "the face record is cut off"),
        (file(template(record(face_block(jpeg())[:-1]))), "a face of 371 bytes does not fit its record"),
        (file(template(record(bytes(32)))), "a face of 0 bytes does not fit its record"),
        (file(compose(0x7F60, compose(0xA1))), "a biometric information template holds no record"),
        (file(compose(0x7F60)), "data object 7F60 lacks A1"),
        (compose(0x75), "data object 75 lacks 7F61"),
    ],
)
def test_a_file_without_a_readable_face_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        dg2.read(data)
    assert str(refused.value) == reason


@pytest.mark.parametrize("surplus", [-8, -1, 0, 8])
def test_the_records_own_length_is_not_relied_on(surplus: int) -> None:
    data = bytearray(record(face_block(jpeg())))
    data[8:12] = struct.pack(">I", len(data) + surplus)
    assert len(list(face_19794.read(bytes(data)))) == 1
