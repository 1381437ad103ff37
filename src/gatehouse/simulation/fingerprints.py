"""Fingers that are drawings: rings around a point, which nobody takes for a print."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 160, 220
_RIDGE = 7


def fingerprint(seed: int, finger: str) -> bytes:
    """A JPEG in grey of 160 x 220 pixels, the same for the same arguments."""
    rng = Random(f"finger {finger} {seed}")  # noqa: S311  a drawing
    image = Image.new("L", (WIDTH, HEIGHT), 235)
    draw = ImageDraw.Draw(image)
    x, y = WIDTH / 2 + rng.uniform(-12, 12), HEIGHT * 0.45 + rng.uniform(-12, 12)
    slope = rng.uniform(1.15, 1.5)
    for ring in range(1, HEIGHT // _RIDGE):
        wide, high = ring * _RIDGE / 2, ring * _RIDGE / 2 * slope
        begin = rng.uniform(0, 360)
        draw.arc((x - wide, y - high, x + wide, y + high), begin, begin + rng.uniform(250, 345), fill=60, width=3)
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()
