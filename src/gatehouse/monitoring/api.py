"""What other rooms may import. `gatehouse.monitoring.domain` is open to all: it is arithmetic and words."""

from gatehouse.monitoring.domain.assets import IN_PLACE, Asset, AssetClass, Since, Status
from gatehouse.monitoring.domain.availability import Account
from gatehouse.monitoring.domain.incidents import BY_PEOPLE, REPAIR_DEFINITION, StepKind
from gatehouse.monitoring.domain.notices import Channel, Occasion
from gatehouse.monitoring.domain.observations import Change, Observation
from gatehouse.monitoring.domain.states import State
from gatehouse.monitoring.domain.telemetry import Telling
from gatehouse.monitoring.selectors.amendments import AmendmentView, amendments_of
from gatehouse.monitoring.selectors.assets import assets_of
from gatehouse.monitoring.selectors.availability import Availability, MonthAccount, Row, availability_of
from gatehouse.monitoring.selectors.conditions import DeviceCondition, Word, conditions_of
from gatehouse.monitoring.selectors.groups import GroupAvailability, group_share, groups_of
from gatehouse.monitoring.selectors.hourly import HourAccount, hourly
from gatehouse.monitoring.selectors.incidents import IncidentView, RepairTimes, incident, incidents_of, repair_times
from gatehouse.monitoring.selectors.notices import NoticeView, notices_of, notices_waiting
from gatehouse.monitoring.selectors.pulse import PulseView, pulses_of
from gatehouse.monitoring.selectors.targets import Target, targets
from gatehouse.monitoring.services.amendments import amendment_confirm, amendment_decline, amendment_request
from gatehouse.monitoring.services.assets import asset_status_record, assets_record
from gatehouse.monitoring.services.dependencies import dependencies_record
from gatehouse.monitoring.services.incidents import IncidentChanges, incident_step_add, incidents_update
from gatehouse.monitoring.services.ledger import intervals_record, month_publish, planned_work_register
from gatehouse.monitoring.services.loading import equipment_load
from gatehouse.monitoring.services.notices import Told, notices_decide, notices_send
from gatehouse.monitoring.services.observations import observations_record, own_word_record, silence_record
from gatehouse.monitoring.services.pulse import pulse_record
from gatehouse.monitoring.services.telemetry import telemetry_take
from gatehouse.monitoring.telling.alerting import alert_rules
from gatehouse.monitoring.telling.plan import TellingPlan, telling_plan

__all__ = [
    "BY_PEOPLE",
    "IN_PLACE",
    "REPAIR_DEFINITION",
    "Account",
    "AmendmentView",
    "Asset",
    "AssetClass",
    "Availability",
    "Change",
    "Channel",
    "DeviceCondition",
    "GroupAvailability",
    "HourAccount",
    "IncidentChanges",
    "IncidentView",
    "MonthAccount",
    "NoticeView",
    "Observation",
    "Occasion",
    "PulseView",
    "RepairTimes",
    "Row",
    "Since",
    "State",
    "Status",
    "StepKind",
    "Target",
    "Telling",
    "TellingPlan",
    "Told",
    "Word",
    "alert_rules",
    "amendment_confirm",
    "amendment_decline",
    "amendment_request",
    "amendments_of",
    "asset_status_record",
    "assets_of",
    "assets_record",
    "availability_of",
    "conditions_of",
    "dependencies_record",
    "equipment_load",
    "group_share",
    "groups_of",
    "hourly",
    "incident",
    "incident_step_add",
    "incidents_of",
    "incidents_update",
    "intervals_record",
    "month_publish",
    "notices_decide",
    "notices_of",
    "notices_send",
    "notices_waiting",
    "observations_record",
    "own_word_record",
    "planned_work_register",
    "pulse_record",
    "pulses_of",
    "repair_times",
    "silence_record",
    "targets",
    "telemetry_take",
    "telling_plan",
]
