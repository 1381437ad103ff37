"""Auditing reports: what somebody hands in, of which nothing is kept, and the agency's own before it is published."""

from __future__ import annotations

from dataclasses import dataclass

from gatehouse.performance.auditor.auditing import audit
from gatehouse.performance.auditor.findings import Audit, Finding
from gatehouse.performance.auditor.model import Document
from gatehouse.performance.auditor.own import findings_of
from gatehouse.performance.auditor.reading import read_report
from gatehouse.performance.rendering.paper import Paper
from gatehouse.performance.selectors.law import act_table
from gatehouse.platform.actors import Actor


@dataclass(frozen=True, slots=True)
class Audited:
    """A report that was read, and what was found in it."""

    document: Document
    audit: Audit


def file_audited(data: bytes, *, previous: bytes | None = None, reader: Actor) -> Audited:
    """The report in a file, audited by the acts of the profile; `previous` is the file of the year before.

    Raises `ForbiddenError`, and `UnreadableError` for a file that is no report that can be read.
    """
    reader.require("performance.read")
    document = read_report(data)
    before = None if previous is None else read_report(previous)
    return Audited(document, audit(document, act_table().acts, before))


def paper_audited(paper: Paper, *, reader: Actor) -> tuple[tuple[int, Finding], ...]:
    """As `auditor.own.findings_of`, by the acts of the profile. Raises `ForbiddenError`."""
    reader.require("performance.read")
    return findings_of(paper, act_table().acts)
