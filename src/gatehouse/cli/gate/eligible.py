"""`gatehouse gate eligible`: whether somebody may use automated clearance on a day, and why not."""

from __future__ import annotations

import json
from datetime import date

import click
from pydantic import ValidationError

from gatehouse.cli.command import ANYONE, Command
from gatehouse.cli.days import day_from
from gatehouse.cli.streams import read_input, show
from gatehouse.kernel.errors import UnreadableError
from gatehouse.law.egate import TABLE, EgateTable, Person
from gatehouse.law.egate import eligibility as eligibility_of

_LARGEST = 64 * 1024


@click.command(
    cls=Command,
    permission=ANYONE,
    example="gatehouse gate eligible --on 2025-01-01 --person person.json --json",
)
@click.option("--on", "day", required=True, help="The day, as 2025-01-01.")
@click.option("--person", "file", required=True, help='A JSON file; "-" is standard input.')
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def eligible(day: str, file: str, as_json: bool) -> int:
    """Say whether a person may pass by a lane on that day, by the rules that were in force then.

    The file names nationality, status (national, nwohr, resident, visitor, mainland, hk_macao, diplomat), birth_date,
    height_cm, direction (entry, exit), document {type, chip, months_valid}, enrolled and exit_ban. What is not known is
    null, and sends the person to the desk. Not eligible is exit code 1.
    """
    from gatehouse.platform.profile import profile

    on = day_from(day)
    person = person_from(read_input(file, largest=_LARGEST), on)
    found = eligibility_of(profile().read(TABLE, EgateTable), person, on)
    reasons = [str(each.reason) for each in found.obstacles]
    said = {"eligible": found.eligible, "reasons": reasons, "sources": list(found.sources)}
    head = "eligible" if found.eligible else "not eligible: to the desk"
    text = "\n".join([head, *(f"  {reason}" for reason in reasons), *(f"  [{source}]" for source in found.sources)])
    show(said, text, as_json=as_json)
    return 0 if found.eligible else 1


def person_from(data: bytes, on: date) -> Person:
    """Raises `UnreadableError` with the place that is wrong."""
    try:
        read = json.loads(data, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("the person is no JSON: %(cause)s", cause=str(error)) from error
    try:
        person = Person.model_validate(read)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the whole"
        raise UnreadableError("the person: %(place)s: %(cause)s", place=place, cause=first["msg"]) from error
    if person.birth_date is not None and person.birth_date > on:
        raise UnreadableError("the person is born after %(day)s", day=on.isoformat())
    return person


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(names) != len(set(names)):
        raise ValueError("a field is given twice")
    return dict(pairs)
