"""What people say of an alert, and what may follow what."""

from __future__ import annotations

from enum import StrEnum


class Finding(StrEnum):
    """As a SOC says it. Nobody said anything yet: it is new."""

    IN_WORK = "in_work"
    #: What the rule is for did happen.
    TRUE_POSITIVE = "true_positive"
    #: It happened, and was meant to.
    BENIGN = "benign"
    #: It did not happen: the rule was wrong.
    FALSE_POSITIVE = "false_positive"


#: With these an alert is done with, until somebody takes it up again.
CLOSED = frozenset({Finding.TRUE_POSITIVE, Finding.BENIGN, Finding.FALSE_POSITIVE})
