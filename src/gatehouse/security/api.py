"""What other rooms may import."""

from gatehouse.security.domain.detection import Alert, detect
from gatehouse.security.domain.events import BadLine, Event, read_events
from gatehouse.security.domain.house import house_event
from gatehouse.security.domain.incremental import Detector, Raised
from gatehouse.security.domain.normalising import Form, Normalised, normalised
from gatehouse.security.domain.posture.advisories import Exploited, FeedVersion, read_advisories, read_exploited
from gatehouse.security.domain.posture.components import Component
from gatehouse.security.domain.posture.expiries import check_terms, read_certificates, read_terms
from gatehouse.security.domain.posture.findings import Checked, Finding, check_components, check_feed
from gatehouse.security.domain.posture.inventory import debian_packages, installed_distributions, python_purl
from gatehouse.security.domain.posture.licences import licence_of, strong_copyleft
from gatehouse.security.domain.posture.matching import AdvisoryIndex
from gatehouse.security.domain.posture.sbom import bill_of_materials, read_bill
from gatehouse.security.domain.rules import OWN_RULES, Rejected, Rule, Ruleset, load_rules, read_rules

__all__ = [
    "OWN_RULES",
    "AdvisoryIndex",
    "Alert",
    "BadLine",
    "Checked",
    "Component",
    "Detector",
    "Event",
    "Exploited",
    "FeedVersion",
    "Finding",
    "Form",
    "Normalised",
    "Raised",
    "Rejected",
    "Rule",
    "Ruleset",
    "bill_of_materials",
    "check_components",
    "check_feed",
    "check_terms",
    "debian_packages",
    "detect",
    "house_event",
    "installed_distributions",
    "licence_of",
    "load_rules",
    "normalised",
    "python_purl",
    "read_advisories",
    "read_bill",
    "read_certificates",
    "read_events",
    "read_exploited",
    "read_rules",
    "read_terms",
    "strong_copyleft",
]
