"""Every command names its permission and shows an example that is a real command line."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click
import pytest

from gatehouse.cli import gatehouse, main
from gatehouse.cli.command import ANYONE, OPERATOR, Command


def leaves(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(leaves(gatehouse))


def test_the_command_surface() -> None:
    assert {" ".join(path) for path in COMMANDS} == {
        "audit acts",
        "audit answer",
        "audit export",
        "audit sequence",
        "audit verify",
        "availability",
        "backup create",
        "backup list",
        "backup receive",
        "backup reconcile",
        "backup restore",
        "backup verify",
        "biometrics erase",
        "biometrics expire",
        "biometrics rates",
        "demo",
        "device bundle issue",
        "device bundle key",
        "device ca init",
        "device ca revocations",
        "device certificates",
        "device ledgers",
        "device register",
        "device revoke",
        "document mrz",
        "document read",
        "document seal",
        "document simulate",
        "document trust",
        "document verify",
        "gate desk",
        "gate eligible",
        "gate enrolments",
        "gate hall",
        "gate lists",
        "gate revoke",
        "gate run",
        "harden",
        "indicator list",
        "indicator show",
        "inspection log",
        "inspection summary",
        "migrate",
        "monitor canary",
        "monitor incidents",
        "monitor notify",
        "monitor poll",
        "monitor rules",
        "monitor run",
        "monitor watchdog",
        "report audit",
        "report build",
        "report load",
        "report publish",
        "security alerts",
        "security detect",
        "security normalise",
        "security posture check",
        "security posture sbom",
        "security rules check",
        "security watch",
        "serve",
        "training debrief",
        "training list",
        "training load",
        "training reset",
        "user close",
        "user create",
        "user list",
        "user passphrase",
        "user passkeys",
        "user reopen",
        "user reset",
        "user roles",
        "user sign-on",
        "user unlock",
        "workstation agent",
        "workstation deliver",
        "workstation mobile",
    }


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_command_names_its_permission_and_shows_an_example(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    command = COMMANDS[path]
    assert isinstance(command, Command)
    assert command.permission in (ANYONE, OPERATOR)
    words = [word for word in shlex.split(command.example) if "=" not in word or word.startswith("-")]
    assert words[words.index("gatehouse") + 1 :][: len(path)] == list(path)
    with pytest.raises(SystemExit) as left:
        main([*path, "--help"])
    assert left.value.code == 0
    assert command.example.splitlines()[0] in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "gatehouse: No such command 'nothing'."),
        (["document", "mrz", "--wrong"], "gatehouse: No such option"),
        (
            ["document", "mrz", "/nowhere/at/all"],
            "gatehouse: /nowhere/at/all cannot be read: No such file or directory",
        ),
        (["document", "mrz", "/tmp"], "gatehouse: /tmp cannot be read: Is a directory"),
        (["document", "mrz", "/dev/null"], "gatehouse: /dev/null is empty"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(said)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "path", [("availability",), ("demo",), ("serve",), *(path for path in COMMANDS if path[0] == "document")]
)
def test_a_command_of_the_surface_answers_a_machine(path: tuple[str, ...]) -> None:
    assert "--json" in {option for each in COMMANDS[path].params for option in each.opts}
