"""What other rooms may import."""

from gatehouse.audit.answering import RESTRICTED, Answer, AnsweredLook, person_answer
from gatehouse.audit.domain import purpose_of
from gatehouse.audit.selectors import (
    InclusionProof,
    KeptOutside,
    Look,
    TreeState,
    Unsequenced,
    consistency_proof,
    inclusion_proof,
    kept_outside,
    log_lines,
    looks_at,
    tree_state,
    unsequenced_alarm,
)
from gatehouse.audit.self_check import verify_database
from gatehouse.audit.sequencer import run_sequencer, sequence_once
from gatehouse.audit.services import acts_export, leaf_append, look_record, payload_erase
from gatehouse.platform.permissions import Purpose

__all__ = [
    "RESTRICTED",
    "Answer",
    "AnsweredLook",
    "InclusionProof",
    "KeptOutside",
    "Look",
    "Purpose",
    "TreeState",
    "Unsequenced",
    "acts_export",
    "consistency_proof",
    "inclusion_proof",
    "kept_outside",
    "leaf_append",
    "log_lines",
    "look_record",
    "looks_at",
    "payload_erase",
    "person_answer",
    "purpose_of",
    "run_sequencer",
    "sequence_once",
    "tree_state",
    "unsequenced_alarm",
    "verify_database",
]
