"""The command `gatehouse`. Exit codes: 0 done and positive, 1 done with a negative finding, 2 unreadable input."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from gatehouse import __version__
from gatehouse.cli.command import LazyGroup
from gatehouse.kernel.errors import GatehouseError, UnreadableError

gatehouse = LazyGroup(
    "gatehouse",
    help="A border agency's line of work, from a travel document to a figure in a report.",
    commands={
        "audit": "gatehouse.cli.audit:audit",
        "availability": "gatehouse.cli.availability:availability",
        "backup": "gatehouse.cli.backup:backup",
        "biometrics": "gatehouse.cli.biometrics:biometrics",
        "demo": "gatehouse.cli.demo:demo",
        "device": "gatehouse.cli.device:device",
        "document": "gatehouse.cli.document:document",
        "gate": "gatehouse.cli.gate:gate",
        "harden": "gatehouse.cli.harden:harden",
        "indicator": "gatehouse.cli.indicator:indicator",
        "inspection": "gatehouse.cli.inspection:inspection",
        "migrate": "gatehouse.cli.migrate:migrate",
        "monitor": "gatehouse.cli.monitor:monitor",
        "report": "gatehouse.cli.report:report",
        "security": "gatehouse.cli.security:security",
        "serve": "gatehouse.cli.serve:serve",
        "training": "gatehouse.cli.training:training",
        "user": "gatehouse.cli.user:user",
        "workstation": "gatehouse.cli.workstation:workstation",
    },
)
click.version_option(__version__, prog_name="gatehouse")(gatehouse)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code. Anticipated errors become one line on standard error."""
    try:
        code = gatehouse.main(args=arguments, prog_name="gatehouse", standalone_mode=False)
    except UnreadableError as error:
        _fail(str(error), 2)
    except GatehouseError as error:
        _fail(str(error), 1)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(2)
    except click.ClickException as error:
        _fail(error.format_message(), 2)
    except (click.Abort, KeyboardInterrupt):
        _fail("interrupted", 130)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> None:
    line = " ".join(message.split())
    click.echo(f"gatehouse: {line}", err=True)
    sys.exit(code)
