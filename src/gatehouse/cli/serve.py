"""`gatehouse serve`: the screens and the machine API, with the sequencer of the audit tree beside them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import click

from gatehouse.cli.command import OPERATOR, Command
from gatehouse.cli.readiness import ready
from gatehouse.cli.store import open_store
from gatehouse.cli.streams import show
from gatehouse.kernel.errors import RefusedError, UnreadableError


@click.command(
    cls=Command,
    permission=OPERATOR,
    example="GATEHOUSE_MODE=demo gatehouse serve --port 8000",
    help="Serve the screens and the machine API until interrupted.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", default=2, show_default=True, help="How many processes answer.")
@click.option("--json", "as_json", is_flag=True, help="Print where, and the accounts of a demo, as one JSON document.")
def serve(host: str, port: int, workers: int, as_json: bool) -> None:
    _require_free(host, port)
    with open_store():
        _refuse_the_unsafe()
        _gather_static_files()
        _say_where(f"http://{host}:{port}/", as_json=as_json)
        web = ["gunicorn", "gatehouse.cli.wsgi", f"--bind={host}:{port}", f"--workers={workers}", "--threads=6"]
        quiet = ["--log-level=warning", "--worker-tmp-dir=/dev/shm"]
        _let_the_demo_live()
        with _child(["-m", *web, *quiet]) as screens, _child(["-m", "gatehouse", "audit", "sequence"]) as sequencer:
            _until_one_ends(screens, sequencer, answers=partial(_answers, host, port))


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UnreadableError(
                "%(host)s:%(port)d cannot be served: %(cause)s; choose another with --port",
                host=host,
                port=port,
                cause=error.strerror,
            ) from error


def _refuse_the_unsafe() -> None:
    """Also where the audit key cannot be read: what is done would be recorded and never signed."""
    from django.core import checks

    from gatehouse.audit.keys import signing_key

    errors = [found for found in checks.run_checks(databases=["default"]) if found.is_serious()]
    if errors:
        raise RefusedError("not served: %(cause)s", cause=errors[0].msg)
    signing_key()


def _gather_static_files() -> None:
    """In production styles and scripts are served under names with digests, from one folder of the state."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.STATIC_ROOT is not None:
        call_command("collectstatic", interactive=False, verbosity=0)


def _say_where(url: str, *, as_json: bool) -> None:
    from gatehouse.platform.config import Mode, config

    found: dict[str, Any] = {"url": url}
    said = [f"Gatehouse serves on {url}  (Ctrl-C ends it)"]
    if config().mode in (Mode.DEMO, Mode.TRAINING):
        from gatehouse.simulation.accounts import accounts_create, demo_accounts

        accounts_create()
        accounts = demo_accounts()
        found["accounts"] = [{"username": each.username, "password": each.password} for each in accounts]
        said += ["", "Demo accounts, all with the same password:"]
        said += [f"  {each.username:<12} {each.password:<16} {each.title}" for each in accounts]
    show(found, "\n".join(said), as_json=as_json)


def _let_the_demo_live() -> None:
    """In a demo the equipment goes on speaking while it is served."""
    from gatehouse.platform.config import Mode, config

    if config().mode is Mode.DEMO:
        from gatehouse.cli.demo.live import speak

        threading.Thread(target=speak, daemon=True).start()


@contextmanager
def _child(arguments: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *arguments])  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), socket.create_connection((host, port), timeout=1):
        return True
    return False


def _until_one_ends(*processes: subprocess.Popen[bytes], answers: Callable[[], bool]) -> None:
    """Wait for the interrupt of the operator. A part that ends by itself ends the whole, so that it is noticed."""
    told = False
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        while all(process.poll() is None for process in processes):
            if not told and (told := answers()):
                ready()
            time.sleep(0.2)
    except KeyboardInterrupt:
        return
    raise RefusedError("a part of the server ended by itself; its message stands above")
