"""The file that says whom to ask: in three notations, and every mistake is one sentence with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gatehouse.kernel.errors import UnreadableError
from gatehouse.monitoring.polling.config import AuthProtocol, Polling

YAML = """
defaults: {community: secret-word, interfaces: [1, 2]}
timeout_s: 0.5
targets:
  - {device: A, host: 10.0.0.1}
  - {device: B, host: sw.example, port: 1161, version: 3, user: ops, auth_protocol: sha512,
     auth_password: env:SNMP_AUTH}
"""
JSON = '{"targets": [{"device": "A", "host": "10.0.0.1", "version": "v2c"}]}'
TOML = '[[targets]]\ndevice = "A"\nhost = "10.0.0.1"\nversion = 2\n'


def written(folder: Path, text: str, name: str = "switches.yaml") -> Path:
    (folder / name).write_text(text)
    return folder / name


def test_defaults_count_where_a_target_says_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SNMP_AUTH", "a long password")
    found = Polling.read(written(tmp_path, YAML))
    one, other = found.targets
    assert (found.interval_s, found.timeout_s, found.retries, found.concurrency) == (30, 0.5, 1, 256)
    assert (one.version, one.port, one.interfaces, one.community.get_secret_value()) == (
        "2c",
        161,
        (1, 2),
        "secret-word",
    )
    assert (other.version, other.port, other.user, other.auth_protocol) == ("3", 1161, "ops", AuthProtocol.SHA512)
    assert other.auth_password is not None
    assert other.auth_password.get_secret_value() == "a long password"
    assert "a long password" not in repr(found)
    assert "secret-word" not in repr(found)


@pytest.mark.parametrize(("text", "name"), [(JSON, "s.json"), (TOML, "s.toml"), (JSON, "s.yaml")])
def test_the_notation_is_free(tmp_path: Path, text: str, name: str) -> None:
    (target,) = Polling.read(written(tmp_path, text, name)).targets
    assert (target.device, target.host, target.version) == ("A", "10.0.0.1", "2c")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file: Input should be"),
        ("targets: []", "targets: Tuple should have at least 1 item"),
        ("targets: [{device: A}]", "targets.0.host: Field required"),
        ("targets: [{device: A, host: h, colour: red}]", "targets.0.colour: Extra inputs are not permitted"),
        ("targets: [{device: A, host: h, version: 1}]", "targets.0.version: Input should be '2c' or '3'"),
        ("targets: [{device: A, host: h, version: 3}]", "targets.0: version 3 needs a user"),
        ("targets: [{device: A, host: h, version: 3, user: u, auth_password: short}]", "at least 8 characters"),
        (
            "targets: [{device: A, host: h, version: 3, user: u, priv_password: long enough}]",
            "auth_password is missing",
        ),
        ("targets: [{device: A, host: h, community: 'env:NOT_THERE'}]", "the environment has no NOT_THERE"),
        ("targets: [{device: A, host: h}, {device: A, host: i}]", "A stands there twice"),
        ("targets: [", "did not find expected node content"),
        ("timeout_s: 0\ntargets: [{device: A, host: h}]", "timeout_s: Input should be greater than 0"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UnreadableError) as error:
        Polling.read(written(tmp_path, text))
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="No such file"):
        Polling.read(tmp_path / "absent.yaml")
