"""A training begins anew, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from gatehouse.cli import main
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import Mode, config
from gatehouse.platform.models import User
from gatehouse.platform.selectors import device_of
from gatehouse.platform.services import device_register, user_create
from gatehouse.platform.training import training_reset
from tests.platform.test_mark import content, environment, gatehouse


def test_everything_of_a_training_goes_and_it_is_marked_again(empty: str, tmp_path: Path) -> None:
    training = environment("training", empty, tmp_path)
    assert gatehouse("device", "register", "T1-A01", "--port", "TPE", **training) == (0, "")
    assert gatehouse("training", "reset", **training) == (
        1,
        "gatehouse: this deletes everything of the training: say --yes\n",
    )
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT name FROM platform_device").fetchall() == [("T1-A01",)]
    assert gatehouse("training", "reset", "--yes", **training) == (0, "")
    with psycopg.connect(empty) as connection:
        assert connection.execute("SELECT count(*) FROM platform_device").fetchone() == (0,)
        assert connection.execute("SELECT mode FROM gatehouse_mark").fetchall() == [("training",)]
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="of another mode"):
            connection.execute("DELETE FROM platform_device")


def test_production_is_not_begun_anew(empty: str, tmp_path: Path) -> None:
    production = environment("production", empty, tmp_path)
    assert gatehouse("migrate", **production) == (0, "")
    before = content(empty)
    said = "gatehouse: this is for a training: set GATEHOUSE_MODE=training\n"
    assert gatehouse("training", "reset", "--yes", **production) == (1, said)
    said = "the database is marked production and this program runs as training: nothing was read or written"
    training = environment("training", empty, tmp_path)
    assert gatehouse("training", "reset", "--yes", **training) == (1, f"gatehouse: {said}\n")
    assert content(empty) == before


@pytest.mark.django_db
def test_the_mark_is_asked_once_more_before_anything_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    user_create(username="chen", password="a long enough one", roles=[])
    monkeypatch.setattr(config(), "mode", Mode.TRAINING)
    with pytest.raises(RefusedError, match="not marked as a training"):
        training_reset()
    assert User.objects.count() == 1


def test_other_modes_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["training", "reset", "--yes"])
    assert left.value.code == 1
    assert capsys.readouterr().err == "gatehouse: this is for a training: set GATEHOUSE_MODE=training\n"


@pytest.mark.django_db
def test_a_device_of_a_training_says_so_and_is_known_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    real = device_register(name="T1-A01", port="TPE")
    monkeypatch.setattr(config(), "mode", Mode.TRAINING)
    token = device_register(name="T1-A02", port="TPE")
    assert (token.startswith("training."), real.startswith("training.")) == (True, False)
    found = device_of(token)
    assert found is not None
    assert (found.name, device_of(real)) == ("T1-A02", None)
    monkeypatch.setattr(config(), "mode", Mode.PRODUCTION)
    assert device_of(token) is None
    assert device_of(real) is not None
