"""The shape of every record of a plan: insert-only, with revisions. The latest revision of a code counts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from gatehouse.kernel.ids import new_id
from gatehouse.performance.domain.records import Record


class Kept(models.Model):
    """One revision of one record. The other columns of a table are the fields of its `facts`, by name."""

    #: What the columns hold, as a service is given it and a selector gives it back.
    facts: ClassVar[type[Record]]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=48)
    revision = models.PositiveIntegerField()
    #: Withdrawn: it was recorded by mistake.
    void = models.BooleanField(default=False)
    #: Why the revision before was not right; empty for the first.
    reason = models.TextField(blank=True)
    #: Where it was read.
    source = models.TextField()
    #: Made up to agree with a total or an order that the source gives alone.
    reconstructed = models.BooleanField(default=False)
    recorded_by = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True

    def as_facts(self) -> Any:
        """This record as an instance of `facts`."""
        return self.facts.model_validate({name: getattr(self, name) for name in self.facts.model_fields})


def kept_constraints(name: str, *scope: str) -> tuple[models.BaseConstraint, ...]:
    """Each revision of a code once within `scope`; each but the first says why."""
    return (
        models.UniqueConstraint(fields=[*scope, "code", "revision"], name=f"performance_{name}_revision_once"),
        models.CheckConstraint(
            condition=Q(revision=1, reason="", void=False) | (Q(revision__gt=1) & ~Q(reason="")),
            name=f"performance_{name}_says_why",
        ),
    )
