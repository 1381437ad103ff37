"""The face of whoever stands in the lane beside that of the chip."""

from __future__ import annotations

from gatehouse.biometrics.comparing import FaceComparison, Policy, compare_faces
from gatehouse.biometrics.engine import FaceEngine
from gatehouse.biometrics.pictures import Picture
from gatehouse.documents.images import rgb
from gatehouse.kernel.errors import GatehouseError
from gatehouse.kernel.results import Reason
from gatehouse.law.egate import Obstacle

NO_FACE = Obstacle("document", Reason("the chip gave no face to compare with"), "")


def compared(engine: FaceEngine, policy: Policy, known: bytes, live: bytes) -> FaceComparison | None:
    """Two pictures as JPEG or JPEG 2000; None where one of them is no picture."""
    try:
        return compare_faces(engine, Picture.of_rgb(*rgb(known)), Picture.of_rgb(*rgb(live)), policy)
    except GatehouseError:
        return None
