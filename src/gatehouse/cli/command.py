"""One shape for every command: it names its permission and shows an example. A group imports a command when it runs."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import click

#: Needs nothing of the agency's: works on what the caller brings.
ANYONE = "anyone"
#: Changes or reads the agency's store: the account that holds its settings and keys.
OPERATOR = "operator"


class Command(click.Command):
    """A command with the permission it needs (`ANYONE` or `OPERATOR`) and an example for its help."""

    def __init__(self, *args: Any, permission: str, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permission = permission
        self.example = example

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Example"):
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")


def several_values(*options: str) -> type[Command]:
    """A command whose `options` take several values each: `--trust A B` as `--trust A --trust B`, as shells expand."""

    class _SeveralValues(Command):
        def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
            return super().parse_args(ctx, _repeated(args, options))

    return _SeveralValues


def _repeated(args: Iterable[str], options: Collection[str]) -> list[str]:
    repeated: list[str] = []
    option = ""
    for arg in args:
        if arg.startswith("-") and arg != "-":
            option = arg if arg in options else ""
        elif option and repeated[-1] != option:
            repeated.append(option)
        repeated.append(arg)
    return repeated


class LazyGroup(click.Group):
    """A group whose commands are named as "module:attribute" and imported when they are asked for."""

    def __init__(self, name: str, *, commands: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._lazy = dict(commands)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(self._lazy)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self._lazy:
            return None
        module, attribute = self._lazy[name].split(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command
