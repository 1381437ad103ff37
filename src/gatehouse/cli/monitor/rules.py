"""`gatehouse monitor rules`: the alerts that Prometheus raises of what `/metrics` says."""

from __future__ import annotations

import click
import yaml

from gatehouse.cli.command import OPERATOR, Command


@click.command(
    cls=Command, permission=OPERATOR, example="gatehouse monitor rules > /etc/prometheus/gatehouse.rules.yml"
)
def rules() -> None:
    """Print a file of rules for Prometheus: how fast each class uses up what its target allows, and the house itself.

    The targets are the profile's (monitoring/targets.yaml). Needs no database. Print it again when they change.
    """
    from gatehouse.monitoring.api import alert_rules, targets

    click.echo("# Written by gatehouse monitor rules.")
    click.echo(
        yaml.safe_dump(alert_rules(targets().values()), sort_keys=False, width=1000, allow_unicode=True), nl=False
    )
