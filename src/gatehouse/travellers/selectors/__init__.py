"""Reading persons."""

from gatehouse.travellers.selectors.biometrics import biometrics_of
from gatehouse.travellers.selectors.enrolments import (
    EnrolledMonth,
    enrolled_documents,
    enrolled_face,
    enrolments_counted,
)
from gatehouse.travellers.selectors.lanes import LaneKnown, lane_known
from gatehouse.travellers.selectors.persons import recognised

__all__ = [
    "EnrolledMonth",
    "LaneKnown",
    "biometrics_of",
    "enrolled_documents",
    "enrolled_face",
    "enrolments_counted",
    "lane_known",
    "recognised",
]
