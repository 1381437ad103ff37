"""The log of an inspection by BSI TR-03135 v2.5: every check with result, reason and duration, as JSON and XML."""

from gatehouse.documents.inspectionlog.building import Inspected, logged
from gatehouse.documents.inspectionlog.model import InspectionLog
from gatehouse.documents.inspectionlog.profiles import LoggingProfile
from gatehouse.documents.inspectionlog.scenarios import Scenario

__all__ = ["Inspected", "InspectionLog", "LoggingProfile", "Scenario", "logged"]
