"""The software bill of materials of what the lock installs on this machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from gatehouse.cli.harden.lock import Locked
from gatehouse.security.api import Component, installed_distributions, python_purl
from gatehouse.security.api import bill_of_materials as written


def bill_of_materials(locked: Iterable[Locked]) -> dict[str, Any]:
    """The same lock on the same machine gives the same bill: it has no serial number and no date.

    What is locked and not installed in this version stands with its digests and without a licence.
    """
    installed = {each.purl: each for each in installed_distributions()}
    own = next(each for each in installed.values() if each.name == "gatehouse")
    components = [_component(each, installed) for each in locked if each.applies]
    return written(own, sorted(components, key=lambda each: each.purl))


def _component(each: Locked, installed: dict[str, Component]) -> Component:
    purl = python_purl(each.name, each.version)
    return replace(installed.get(purl) or Component(each.name, each.version, purl), locked_sha256=each.sha256)
