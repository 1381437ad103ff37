"""What other rooms may import."""

from gatehouse.security.domain.detection import Alert, detect
from gatehouse.security.domain.events import BadLine, Event, read_events
from gatehouse.security.domain.house import house_event
from gatehouse.security.domain.incremental import Detector, Raised
from gatehouse.security.domain.normalising import Form, Normalised, normalised
from gatehouse.security.domain.rules import OWN_RULES, Rejected, Rule, Ruleset, load_rules, read_rules

__all__ = [
    "OWN_RULES",
    "Alert",
    "BadLine",
    "Detector",
    "Event",
    "Form",
    "Normalised",
    "Raised",
    "Rejected",
    "Rule",
    "Ruleset",
    "detect",
    "house_event",
    "load_rules",
    "normalised",
    "read_events",
    "read_rules",
]
