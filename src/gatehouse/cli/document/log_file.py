"""The options by which commands write the inspection log of what they did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from gatehouse.cli.streams import write_whole
from gatehouse.documents.inspectionlog import Inspected, LoggingProfile, logged
from gatehouse.documents.inspectionlog.files import LogFormat, one_written
from gatehouse.kernel.errors import UnreadableError

_F = TypeVar("_F", bound=Callable[..., Any])


def log_options(command: _F) -> _F:
    """--log, --profile and --purpose, as the parameters log_file, profile and purpose."""
    for option in (
        click.option("--purpose", default="", help="Why the log may name a person: the wider profiles need it."),
        click.option(
            "--profile",
            "log_profile",
            default=LoggingProfile.STANDARD.value,
            show_default=True,
            type=click.Choice([each.value for each in LoggingProfile]),
            help="What the log holds; basic and standard name no person.",
        ),
        click.option(
            "--log", "log_file", metavar="FILE.xml|FILE.json", help="Write the inspection log by BSI TR-03135."
        ),
    ):
        command = option(command)
    return command


def require_log(log_file: str | None, profile: str, purpose: str) -> None:
    """Refuse before the work begins what could not be written after it. Raises `UnreadableError`."""
    if log_file is not None:
        _form(log_file)
        if LoggingProfile(profile).is_personal and not purpose.strip():
            raise UnreadableError("a log that may name a person (%(profile)s) says for what --purpose", profile=profile)


def write_log(log_file: str | None, inspected: Callable[[], Inspected], profile: str, purpose: str) -> None:
    """Nothing where no log is asked for. Raises `UnreadableError` where the file cannot be written."""
    if log_file is not None:
        log = logged(inspected(), LoggingProfile(profile), purpose=purpose)
        is_personal = LoggingProfile(profile).is_personal
        write_whole(Path(log_file), [one_written(log, _form(log_file))], is_private=is_personal)


def _form(name: str) -> LogFormat:
    try:
        return LogFormat(Path(name).suffix.removeprefix(".").lower())
    except ValueError as error:
        raise UnreadableError("--log takes a file that ends in .xml or .json, not %(name)s", name=name) from error
