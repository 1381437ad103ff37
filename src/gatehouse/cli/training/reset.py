"""`gatehouse training reset`: begin a training anew."""

from __future__ import annotations

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.store import migrate, open_store
from gatehouse.kernel.errors import RefusedError


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="GATEHOUSE_MODE=training gatehouse training reset --yes",
    help="Delete everything of this training and make its tables anew. Another database than a training's is refused.",
)
@click.option("--yes", is_flag=True, help="Say that all of it may go.")
def reset(*, yes: bool) -> None:
    from gatehouse.platform.training import require_training, training_reset

    require_training()
    if not yes:
        raise RefusedError("this deletes everything of the training: say --yes")
    with open_store():
        training_reset()
        migrate()
    click.echo("The training begins anew.")
