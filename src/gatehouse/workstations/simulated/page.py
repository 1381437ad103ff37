"""Pictures of the data page of a simulated document: plainly a drawing, one for each light."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from gatehouse.workstations.devices import Light

#: A TD3 page (125 x 88 mm, ICAO 9303-4) at about 130 pixels to the inch.
SIZE = (640, 450)
_LETTERS = 20
_PAPER = {Light.VISIBLE: (232, 228, 214), Light.INFRARED: (214, 214, 214), Light.ULTRAVIOLET: (24, 18, 52)}
_INK = {Light.VISIBLE: (20, 33, 43), Light.INFRARED: (10, 10, 10), Light.ULTRAVIOLET: (150, 190, 255)}


def draw(mrz: str, light: Light, number: str = "") -> bytes:
    """The page as JPEG, with its card access number where it has one. Under ultraviolet light it stays dark.

    A zone that is worn off is an empty one.
    """
    image = Image.new("RGB", SIZE, _PAPER[light])
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(_LETTERS)
    pen.text((24, 20), f"SIMULATED DOCUMENT - {light.value}", fill=_INK[light], font=font)
    if light is not Light.ULTRAVIOLET:
        if number:
            pen.text((SIZE[0] - 180, 60), f"CAN {number}", fill=_INK[light], font=font)
        for row, line in enumerate(mrz.splitlines()):
            pen.text((24, SIZE[1] - 90 + 28 * row), line, fill=_INK[light], font=font)
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()
