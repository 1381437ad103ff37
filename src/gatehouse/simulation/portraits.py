"""Faces that are drawings: no real person stands in a simulation, and nobody takes one of these for a photograph.

What belongs to the person (skin, hair, shape, features, clothes) follows from the seed alone; pose and light belong to
the picture, so that the same person can be met again, live at the desk.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 240, 320
_ZOOM = 1.2
_SCALE = 2  # drawn larger and reduced, so that edges are smooth

Colour: TypeAlias = tuple[int, int, int]

_SKINS = ("F6D7C3", "EFC4A4", "E5B48E", "D69E74", "B97F56", "966040", "70452D", "553322")
_HAIR = ("17130F", "2A1C14", "46301F", "6B4A2D", "9C7444", "C8A25C", "8D8D92", "C9C9CC", "7A3B22")
_EYES = ("3B2415", "2B1A10", "4C6A52", "47657F", "5A4632")
_CLOTHES = ("2F4858", "5B3A4A", "39594C", "7A5C3E", "44507A", "8A4B3C", "30343F", "6A6F52")
_BACKGROUNDS = ("E3E8EC", "E9E6DF", "E0E8E2")
_STYLES_EVEN = ("short", "short", "parted", "curly", "bald", "fringe")
_STYLES_ODD = ("bun", "long", "long", "bob", "bob", "curly", "covered", "fringe", "parted")


@dataclass(frozen=True, slots=True)
class _Person:
    """What does not change between two pictures of one person. Lengths are in pixels of the finished picture."""

    skin: Colour
    hair: Colour
    eyes: Colour
    clothes: Colour
    background: Colour
    style: str
    face_width: float
    face_height: float
    jaw: float
    eye_distance: float
    eye_size: float
    brow_tilt: float
    brow_weight: float
    nose_length: float
    nose_width: float
    mouth_width: float
    lips: float
    glasses: str | None
    beard: str | None
    collar: str


def portrait(seed: int, *, pose: float = 0, light: float = 1) -> bytes:
    """A drawn head and shoulders as a JPEG of 240 x 320 pixels, the same for the same arguments.

    Faces of even seeds may be bearded or bald, those of odd seeds may wear their hair long or covered.

    `pose` turns the head, from -1 (to the picture's left) to 1; `light` is the brightness, 1 as in a studio.
    """
    person = _person(Random(seed), bearded=seed % 2 == 0)  # noqa: S311  no secret comes from it
    image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE), _lit(person.background, light))
    _Drawing(ImageDraw.Draw(image), person, max(-1.0, min(1.0, pose)), light).draw()
    out = BytesIO()
    image.reduce(_SCALE).save(out, "JPEG", quality=88)
    return out.getvalue()


def _person(rng: Random, *, bearded: bool) -> _Person:
    skin = rng.randrange(len(_SKINS))
    hair = rng.randrange(3) if skin > 3 else rng.randrange(len(_HAIR))
    return _Person(
        skin=_colour(_SKINS[skin]),
        hair=_colour(_HAIR[hair]),
        eyes=_colour(rng.choice(_EYES)),
        clothes=_colour(rng.choice(_CLOTHES)),
        background=_colour(rng.choice(_BACKGROUNDS)),
        style=rng.choice(_STYLES_EVEN if bearded else _STYLES_ODD),
        face_width=rng.uniform(43, 54),
        face_height=rng.uniform(60, 70),
        jaw=rng.uniform(0.55, 0.85),
        eye_distance=rng.uniform(19, 25),
        eye_size=rng.uniform(6.5, 9.5),
        brow_tilt=rng.uniform(-3, 3),
        brow_weight=rng.uniform(2.2, 4.6),
        nose_length=rng.uniform(20, 29),
        nose_width=rng.uniform(6, 11),
        mouth_width=rng.uniform(14, 22),
        lips=rng.uniform(2, 5),
        glasses=rng.choice(("round", "square", None, None, None)),
        beard=rng.choice(("full", "moustache", None, None, None)) if bearded else None,
        collar=rng.choice(("crew", "shirt", "open")),
    )


def _colour(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue


def _lit(colour: Colour, factor: float) -> Colour:
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


class _Drawing:
    """One picture: places are measured from the middle of the face, x to the right and y down."""

    def __init__(self, pen: ImageDraw.ImageDraw, person: _Person, pose: float, light: float) -> None:
        self.pen, self.person, self.pose, self.light = pen, person, pose, light

    def draw(self) -> None:
        self._hair_behind()
        self._shoulders()
        self._head()
        self._hair_in_front()
        if self.person.beard == "full":
            self._beard()
        self._eyes()
        self._nose()
        self._mouth()
        if self.person.glasses:
            self._glasses()

    def _ellipse(self, x: float, y: float, rx: float, ry: float, colour: Colour, *, turned: float = 0) -> None:
        self.pen.ellipse(self._box(x, y, rx, ry, turned), fill=_lit(colour, self.light))

    def _box(self, x: float, y: float, rx: float, ry: float, turned: float = 0) -> tuple[float, float, float, float]:
        (left, top), (right, bottom) = self._at(x - rx, y - ry, turned), self._at(x + rx, y + ry, turned)
        return left, top, right, bottom

    def _at(self, x: float, y: float, turned: float = 0) -> tuple[float, float]:
        """What stands out from the face moves the more with the pose."""
        return (WIDTH / 2 + (x + turned * self.pose) * _ZOOM) * _SCALE, (146 + y * _ZOOM) * _SCALE

    def _polygon(self, points: list[tuple[float, float]], colour: Colour, *, turned: float = 0) -> None:
        self.pen.polygon([self._at(x, y, turned) for x, y in points], fill=_lit(colour, self.light))

    def _line(self, points: list[tuple[float, float]], colour: Colour, width: float, *, turned: float = 0) -> None:
        placed = [self._at(x, y, turned) for x, y in points]
        self.pen.line(placed, fill=_lit(colour, self.light), width=round(width * _SCALE), joint="curve")

    def _column(self, y: float, rx: float, ry: float, colour: Colour, *, radius: float) -> None:
        """A rounded rectangle in the middle of the picture."""
        box = self._box(0, y, rx, ry, 3)
        self.pen.rounded_rectangle(box, radius * _SCALE, fill=_lit(colour, self.light))

    def _hair_behind(self) -> None:
        person, width, height = self.person, self.person.face_width, self.person.face_height
        if person.style == "long":
            self._column(20, width + 13, height + 40, person.hair, radius=46)
        elif person.style == "bob":
            self._column(-4, width + 14, height + 8, person.hair, radius=44)
        elif person.style == "bun":
            self._ellipse(0, -height - 20, 21, 19, person.hair, turned=-4)
        elif person.style == "curly":
            for place in range(-4, 5):
                self._ellipse(place * 14, -height * 0.55 - (16 - place * place) * 2.0, 24, 24, person.hair, turned=2)
        elif person.style == "covered":
            self._column(22, width + 17, height + 42, person.clothes, radius=60)

    def _shoulders(self) -> None:
        person = self.person
        shade = _lit(person.skin, 0.86)
        self._ellipse(0, 160, 98, 74, person.clothes)
        self._column(68, 21, 38, shade, radius=12)
        if person.style == "covered":
            self._ellipse(0, 96, 60, 44, person.clothes)
        elif person.collar == "crew":
            self._ellipse(0, 89, 29, 17, _lit(person.clothes, 0.8))
            self._ellipse(0, 86, 25, 14, shade)
        elif person.collar == "shirt":
            self._polygon([(-23, 84), (0, 120), (-32, 118)], (245, 245, 242))
            self._polygon([(23, 84), (0, 120), (32, 118)], (245, 245, 242))
        else:
            self._polygon([(-23, 88), (23, 88), (0, 122)], shade)

    def _head(self) -> None:
        person = self.person
        width, height = person.face_width, person.face_height
        if person.style != "covered":
            for side in (-1, 1):
                self._ellipse(side * width, 4, 8, 14, _lit(person.skin, 0.9), turned=-5)
        self._ellipse(0, -8, width, height - 8, person.skin, turned=2)
        self._ellipse(0, 16, width * (0.62 + 0.4 * person.jaw), height - 14, person.skin, turned=4)
        for side in (-1, 1):
            blush = _lit((person.skin[0], round(person.skin[1] * 0.93), round(person.skin[2] * 0.92)), 1.0)
            self._ellipse(side * width * 0.55, 24, 10, 7, blush, turned=9)

    def _beard(self) -> None:
        person = self.person
        width = person.face_width * (0.62 + 0.4 * person.jaw)
        box = self._box(0, 16, width, person.face_height - 14, 4)
        self.pen.chord(box, 22, 158, fill=_lit(person.hair, 1.1 * self.light))

    def _eyes(self) -> None:
        person = self.person
        for side in (-1, 1):
            x, size = side * person.eye_distance, person.eye_size
            self._ellipse(x, -6, size + 1.5, size * 0.62, (250, 250, 248), turned=9)
            self._ellipse(x, -6, size * 0.56, size * 0.58, person.eyes, turned=11)
            self._ellipse(x, -6, size * 0.26, size * 0.28, (12, 10, 10), turned=11)
            self._ellipse(x + 1.6, -8, 1.2, 1.2, (255, 255, 255), turned=11)
            lid = [
                (x - size - 2, -6),
                (x - size / 2, -6 - size * 0.6),
                (x + size / 2, -6 - size * 0.6),
                (x + size + 2, -6),
            ]
            self._line(lid, _lit(person.skin, 0.5), 1.6, turned=9)
            inner, outer = x - side * (size + 1), x + side * (size + 4)
            brow = [(inner, -22 + person.brow_tilt), (x + side * 2, -25), (outer, -21 - person.brow_tilt / 2)]
            colour = person.hair if person.style not in {"bald", "covered"} else _colour(_HAIR[1])
            self._line(brow, _lit(colour, 0.85), person.brow_weight, turned=9)

    def _nose(self) -> None:
        person = self.person
        shade, length, width = _lit(person.skin, 0.82), person.nose_length, person.nose_width
        self._line([(2, -2), (width * 0.5 + 2, length - 5), (width * 0.3, length)], shade, 2, turned=13)
        self._line([(-width, length - 3), (-width * 0.4, length + 1), (width * 0.4, length + 1)], shade, 2.4, turned=13)

    def _mouth(self) -> None:
        person = self.person
        at = person.nose_length + 15
        if person.beard:
            shape = [(-person.mouth_width - 3, at - 2), (0, at - 12), (person.mouth_width + 3, at - 2), (0, at - 3)]
            self._polygon(shape, _lit(person.hair, 1.1), turned=11)
        lip = (min(255, round(person.skin[0] * 0.86)), round(person.skin[1] * 0.66), round(person.skin[2] * 0.66))
        self._ellipse(0, at + 1, person.mouth_width * 0.8, person.lips, lip, turned=10)
        smile = [(-person.mouth_width, at - 2), (-person.mouth_width / 2, at + 1), (0, at + 2)]
        smile += [(-x, y) for x, y in reversed(smile[:2])]
        self._line(smile, _lit(lip, 0.62), 1.8, turned=10)

    def _hair_in_front(self) -> None:
        person, width, height = self.person, self.person.face_width, self.person.face_height
        if person.style == "bald":
            return
        hair = person.clothes if person.style == "covered" else person.hair
        self.pen.chord(self._box(0, -16, width + 6, height + 2, 3), 184, 356, fill=_lit(hair, self.light))
        hairline = {"fringe": -14, "covered": -10, "bun": -2, "short": -6}.get(person.style, -4)
        forehead = 0.55 if person.style == "fringe" else 0.66
        self._ellipse(0, hairline + height * 0.1, width * 0.9, height * forehead, person.skin, turned=4)
        if person.style in {"parted", "bob", "long"}:
            for side in (-1, 1):
                edge = [
                    (side * (width + 5), -12),
                    (side * (width + 4), -44),
                    (-12, -height - 8),
                    (side * (width - 6), -28),
                ]
                self._polygon(edge, hair, turned=3)
        elif person.style == "covered":
            rim = self._box(0, 6, width + 8, height + 8, 3)
            self.pen.arc(rim, 0, 360, fill=_lit(hair, 0.9 * self.light), width=26)

    def _glasses(self) -> None:
        person, ink = self.person, _lit((40, 40, 46), self.light)
        size = person.eye_size + 6
        for side in (-1, 1):
            box = self._box(side * person.eye_distance, -6, size, size * 0.82, 11)
            if person.glasses == "round":
                self.pen.ellipse(box, outline=ink, width=4)
            else:
                self.pen.rounded_rectangle(box, 8, outline=ink, width=4)
            self._line(
                [(side * (person.eye_distance + size), -8), (side * person.face_width, -4)], (40, 40, 46), 2, turned=5
            )
        gap = person.eye_distance - size
        self._line([(-gap, -8), (0, -10), (gap, -8)], (40, 40, 46), 2, turned=12)
