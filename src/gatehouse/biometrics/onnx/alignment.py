"""Pictures as a model takes them: resized, cut out around a face, or turned so that the eyes stand level."""

from __future__ import annotations

import numpy as np
from PIL import Image

from gatehouse.biometrics.onnx.description import Input
from gatehouse.biometrics.pictures import Box, Face, Floats, Picture

#: Where eyes, nose and corners of the mouth stand in a picture of 112 x 112 pixels (Deng et al., ArcFace, 2019).
_STANDARD = np.array(
    ((38.2946, 51.6963), (73.5318, 51.5014), (56.0252, 71.7366), (41.5493, 92.3655), (70.7299, 92.2041)), np.float32
)


def tensor(image: Image.Image, wanted: Input) -> Floats:
    """Shape (1, 3, height, width)."""
    pixels = np.asarray(image.resize((wanted.width, wanted.height), Image.Resampling.BILINEAR), np.float32)
    if wanted.order == "bgr":
        pixels = pixels[..., ::-1]
    scaled = (pixels - np.array(wanted.mean, np.float32)) / np.array(wanted.scale, np.float32)
    found: Floats = np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], np.float32)
    return found


def whole(picture: Picture) -> Image.Image:
    return Image.fromarray(picture.pixels)


def cut_out(picture: Picture, box: Box, context: float = 1.0) -> Image.Image:
    """A square around a box, `context` times its longer side, black where it leaves the picture."""
    half = max(box.width, box.height) * context / 2
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return whole(picture).crop((round(x - half), round(y - half), round(x + half), round(y + half)))


def upright(picture: Picture, face: Face, wanted: Input) -> Image.Image:
    """The face turned, moved and scaled (no more: a similarity) onto the standard places; without landmarks cut out."""
    if face.landmarks is None:
        return cut_out(picture, face.box)
    target = _STANDARD * np.array((wanted.width / 112, wanted.height / 112), np.float32)
    turn, shift = _similarity(target, face.landmarks)
    place = (turn[0, 0], turn[0, 1], shift[0], turn[1, 0], turn[1, 1], shift[1])
    size = (wanted.width, wanted.height)
    return whole(picture).transform(
        size, Image.Transform.AFFINE, tuple(map(float, place)), resample=Image.Resampling.BILINEAR
    )


def _similarity(source: Floats, target: Floats) -> tuple[Floats, Floats]:
    """The best rotation with scale, and shift, from one set of points to another (Umeyama 1991)."""
    one, other = source.mean(axis=0), target.mean(axis=0)
    from_, to = source - one, target - other
    left, values, right = np.linalg.svd(to.T @ from_ / len(source))
    sign = np.array((1.0, np.sign(np.linalg.det(left) * np.linalg.det(right))), np.float32)
    scale = (values * sign).sum() / from_.var(axis=0).sum()
    turn = scale * (left * sign) @ right
    return turn.astype(np.float32), (other - turn @ one).astype(np.float32)
