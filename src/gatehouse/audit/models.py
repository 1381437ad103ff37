"""The tables of the tree. The database itself refuses to change or delete a row of it: see migration 0001."""

from __future__ import annotations

from django.db import models


class Leaf(models.Model):
    """What was done or looked at, written in the transaction that did it. Insert-only."""

    id = models.UUIDField(primary_key=True)
    #: The leaf's bytes in the tree (UTF-8): `domain.leaf_text`.
    body = models.TextField()
    written_at = models.DateTimeField()


class Payload(models.Model):
    """What the leaf commits to. May be erased, never changed; the tree stays whole without it."""

    leaf = models.OneToOneField(Leaf, models.PROTECT, primary_key=True)
    salt = models.BinaryField()
    #: Whose record this is about: a public id, as in the body.
    subject = models.TextField(null=True)
    body = models.TextField()

    class Meta:
        indexes = (
            models.Index(fields=["subject"], condition=models.Q(subject__isnull=False), name="audit_payload_subject"),
        )


class Pending(models.Model):
    """A leaf that has no place in the tree yet. The database adds it with the leaf, and lets it go once it has one."""

    number = models.BigAutoField(primary_key=True)
    #: The database fills this row from the leaf's own and keeps every leaf: a constraint would only cost.
    leaf = models.ForeignKey(Leaf, models.PROTECT, db_index=False, db_constraint=False)


class Entry(models.Model):
    """A leaf's place in the tree: dense from 0. Insert-only."""

    index = models.BigIntegerField(primary_key=True)
    leaf = models.OneToOneField(Leaf, models.PROTECT)
    leaf_hash = models.BinaryField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(index__gte=0), name="audit_entry_from_zero"),)


class Node(models.Model):
    """The hash of a complete subtree of height 8, 16, 24 …: with these a proof reads O(log n) rows. Insert-only."""

    pk = models.CompositePrimaryKey("height", "index")
    height = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField()


class SignedCheckpoint(models.Model):
    """A checkpoint as it was signed. What counts is its copy outside this database. Insert-only."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    signed_at = models.DateTimeField()
