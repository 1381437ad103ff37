"""What other rooms may import."""

from gatehouse.security.domain.detection import Alert, detect
from gatehouse.security.domain.events import BadLine, Event, read_events
from gatehouse.security.domain.rules import Rejected, Rule, Ruleset, load_rules, read_rules

__all__ = [
    "Alert",
    "BadLine",
    "Event",
    "Rejected",
    "Rule",
    "Ruleset",
    "detect",
    "load_rules",
    "read_events",
    "read_rules",
]
