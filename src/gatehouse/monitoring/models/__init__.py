from gatehouse.monitoring.models.assets import Asset, AssetStatus
from gatehouse.monitoring.models.conditions import Condition, Dependency
from gatehouse.monitoring.models.incidents import Incident, IncidentDevice, IncidentStep
from gatehouse.monitoring.models.ledger import Amendment, AmendmentAnswer, MonthPublication, StateInterval
from gatehouse.monitoring.models.notices import Notice, NoticeTry
from gatehouse.monitoring.models.pulse import Pulse
from gatehouse.monitoring.models.telemetry import TelemetryRecord

__all__ = [
    "Amendment",
    "AmendmentAnswer",
    "Asset",
    "AssetStatus",
    "Condition",
    "Dependency",
    "Incident",
    "IncidentDevice",
    "IncidentStep",
    "MonthPublication",
    "Notice",
    "NoticeTry",
    "Pulse",
    "StateInterval",
    "TelemetryRecord",
]
