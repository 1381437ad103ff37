"""What is recorded of biometrics at an inspection: insert-only (migration 0007)."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q

from gatehouse.border.domain.words import (
    CaptureState,
    Reference,
)
from gatehouse.border.models.inspections import Inspection
from gatehouse.kernel.ids import new_id
from gatehouse.kernel.results import Result
from gatehouse.law.capture import Modality


class Comparison(models.Model):
    """A comparison of what was before the desk with what is known of a person. Insert-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="comparisons")
    modality = models.CharField(max_length=16)
    reference = models.CharField(max_length=16)
    result = models.CharField(max_length=16)
    #: `Reason.as_dict`.
    reason = models.JSONField()
    #: Name and version; empty where there was none.
    engine = models.TextField(blank=True)
    demonstration = models.BooleanField()
    score = models.FloatField(null=True)
    threshold = models.FloatField(null=True)
    false_match_rate = models.FloatField(null=True)
    #: Components from 0 to 100 by name.
    reference_quality = models.JSONField(null=True)
    live_quality = models.JSONField(null=True)
    attack = models.FloatField(null=True)
    attack_alarm = models.BooleanField()
    milliseconds = models.FloatField()
    compared_at = models.DateTimeField()

    class Meta:
        indexes = (BrinIndex(fields=["compared_at"], name="border_comparison_when"),)
        constraints = (
            models.CheckConstraint(condition=Q(modality__in=list(Modality)), name="border_comparison_modality"),
            models.CheckConstraint(condition=Q(reference__in=list(Reference)), name="border_comparison_reference"),
            models.CheckConstraint(condition=Q(result__in=list(Result)), name="border_comparison_result"),
            models.CheckConstraint(
                # A score stands nowhere without the threshold, the rate behind it and the engine that gave it.
                condition=Q(score__isnull=True, threshold__isnull=True, false_match_rate__isnull=True)
                | (Q(score__isnull=False, threshold__isnull=False, false_match_rate__isnull=False) & ~Q(engine="")),
                name="border_comparison_score_whole",
            ),
            models.CheckConstraint(
                condition=~Q(result__in=[Result.SUCCESSFUL, Result.FAILED]) | Q(score__isnull=False),
                name="border_comparison_verdict_has_a_score",
            ),
            models.CheckConstraint(
                condition=Q(attack__isnull=True, attack_alarm=False)
                | Q(attack__isnull=False, attack__gte=0, attack__lte=1),
                name="border_comparison_attack",
            ),
        )


class Capture(models.Model):
    """What was recorded of one modality: taken, declined or exempt. Insert-only: the last one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="captures")
    modality = models.CharField(max_length=16)
    state = models.CharField(max_length=16)
    #: Of an exemption, as the profile names it.
    ground = models.CharField(max_length=40, blank=True)
    article = models.TextField()
    note = models.TextField(blank=True)
    officer = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["inspection", "recorded_at"], name="border_capture_of"),)
        constraints = (
            models.CheckConstraint(condition=Q(modality__in=list(Modality)), name="border_capture_modality"),
            models.CheckConstraint(
                condition=(
                    Q(state=CaptureState.TAKEN, ground="")
                    | (Q(state=CaptureState.DECLINED, ground="") & ~Q(note=""))
                    | (Q(state=CaptureState.EXEMPT) & ~Q(ground=""))
                ),
                name="border_capture_says_why",
            ),
        )


class Judgement(models.Model):
    """What an officer found who compared the person with the document by eye. Insert-only: the last one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="judgements")
    same = models.BooleanField()
    officer = models.TextField()
    judged_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["inspection", "judged_at"], name="border_judgement_of"),)
