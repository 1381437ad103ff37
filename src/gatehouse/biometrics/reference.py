"""The engine that is built in, for demonstration and tests: it needs no model, and it knows nothing about people.

It looks for one patch of skin-coloured pixels and describes its texture, without colour, by local binary patterns
(Ojala 1996, Ahonen 2006). That tells the drawn faces of the simulation apart. It is no measure of a real person, and
each comparison says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from gatehouse.biometrics.calibration import Calibration
from gatehouse.biometrics.engine import EngineInfo
from gatehouse.biometrics.pictures import Box, Face, Floats, Picture, Template

INFO = EngineInfo("gatehouse reference", "1", "Gatehouse", demonstration=True)
#: Of 9,900 pairs of different drawn faces, one of them turned and lit otherwise: measured anew by
#: `tests/simulation/test_portraits_compared.py`.
CALIBRATION = Calibration(((0.935, 0.05), (0.952, 0.01), (0.963, 0.001)), "drawn faces of the simulation, 2026-11")

#: Cells that a picture is looked at in, and the least of them that a face covers.
_GRID, _LEAST_CELLS = 40, 24
_WIDTH, _HEIGHT, _CELL = 64, 80, 16


@dataclass(frozen=True, slots=True)
class ReferenceEngine:
    """See the module."""

    info: EngineInfo = INFO
    calibration: Calibration = field(default=CALIBRATION)

    def faces(self, picture: Picture) -> tuple[Face, ...]:
        patches = _patches(_skin(picture))
        scale = picture.width / _GRID
        boxes = [Box(left * scale, top * scale, right * scale, bottom * scale) for left, top, right, bottom in patches]
        found = [Face(box, 0.5) for box in boxes if 0.5 < box.height / box.width < 2.6]
        return tuple(sorted(found, key=lambda face: -face.box.width * face.box.height))

    def template(self, picture: Picture, face: Face) -> Template:
        grey = Image.fromarray(picture.grey.astype(np.uint8))
        box = (face.box.left, face.box.top, face.box.right, face.box.bottom)
        patch = grey.resize((_WIDTH, _HEIGHT), Image.Resampling.BILINEAR, box=box)
        return Template(self.info.id, _texture(np.asarray(patch, np.float32)))

    def score(self, one: Template, other: Template) -> float:
        if {one.engine, other.engine} != {self.info.id}:
            raise ValueError("templates of different engines are not compared")
        return float(one.vector @ other.vector)

    def attack(self, picture: Picture, face: Face) -> float | None:
        return None


def _skin(picture: Picture) -> NDArray[np.bool_]:
    """Which cells of a coarse grid have the chroma of skin (Chai and Ngan 1999: Cb 77 to 127, Cr 133 to 173)."""
    rows = max(1, round(_GRID * picture.height / picture.width))
    small = Image.fromarray(picture.pixels).resize((_GRID, rows), Image.Resampling.BOX).convert("YCbCr")
    blue, red = np.asarray(small)[..., 1], np.asarray(small)[..., 2]
    found: NDArray[np.bool_] = (blue >= 77) & (blue <= 127) & (red >= 133) & (red <= 173)
    return found


def _patches(cells: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """The rectangles around cells that hang together, of those that are large enough."""
    left_over, found = cells.copy(), []
    for first, second in np.argwhere(cells).tolist():
        start: tuple[int, int] = (first, second)
        if not left_over[start]:
            continue
        left_over[start] = False
        waiting, patch = [start], []
        while waiting:
            row, column = waiting.pop()
            patch.append((row, column))
            for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
                inside = 0 <= near[0] < cells.shape[0] and 0 <= near[1] < cells.shape[1]
                if inside and left_over[near]:
                    left_over[near] = False
                    waiting.append(near)
        if len(patch) >= _LEAST_CELLS:
            rows, columns = [row for row, _ in patch], [column for _, column in patch]
            found.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1))
    return found


def _texture(grey: Floats) -> Floats:
    """Histograms of local binary patterns of 8 neighbours, cell by cell, as one vector of length 1."""
    middle = grey[1:-1, 1:-1]
    steps = ((-1, -1), (-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1))
    height, width = grey.shape
    codes = np.zeros((height - 2, width - 2), np.int64)
    for bit, (down, right) in enumerate(steps):
        near = grey[1 + down : height - 1 + down, 1 + right : width - 1 + right]
        codes |= (near > middle + 2).astype(np.int64) << bit
    parts = [
        np.bincount(codes[top : top + _CELL, left : left + _CELL].ravel(), minlength=256)
        for top in range(0, height - 2, _CELL)
        for left in range(0, width - 2, _CELL)
    ]
    vector = np.sqrt(np.concatenate(parts).astype(np.float32))
    length: Floats = (vector / np.linalg.norm(vector)).astype(np.float32)
    return length
