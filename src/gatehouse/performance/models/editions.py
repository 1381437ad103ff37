"""The narrative with its revisions, what was published elsewhere, and editions. All three are insert-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from gatehouse.kernel.ids import new_id


class NarrativePart(models.Model):
    """One revision of one part of a year's narrative: the goals, a plan's text, the results. The latest one counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    #: The year of the report, in the agency's calendar.
    year = models.PositiveSmallIntegerField()
    #: `goals`, the code of a plan, `results`, `others`.
    part = models.SlugField(max_length=48)
    position = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "part", "revision"], name="performance_narrative_revision_once"),
        )


class PublishedValue(models.Model):
    """What was printed for a figure in a report that was made elsewhere, such as a year's first edition on paper."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField()
    figure = models.TextField()
    style = models.CharField(max_length=16)
    printed = models.TextField()
    source = models.TextField()
    #: Why it differs, where somebody found out: in the agency's words, by language.
    note = models.JSONField(default=dict)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "figure", "style"], name="performance_published_value_once"),
        )


class Edition(models.Model):
    """A published report as it was, with the digest of its data. Who publishes is not who wrote the narrative last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    #: `domain.codec.to_plain`.
    report = models.JSONField()
    #: SHA-256 of the canonical JSON of `report`, in hexadecimal.
    digest = models.CharField(max_length=64)
    written_by = models.TextField()
    published_by = models.TextField()
    published_at = models.DateTimeField()
    #: Why the edition before was not right any more; empty for the first.
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["year", "number"], name="performance_edition_once"),
            models.CheckConstraint(condition=~Q(written_by=F("published_by")), name="performance_edition_two_people"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="performance_edition_says_why",
            ),
        )
