"""What a device wrote for a training goes to no other house, and what it wrote for the agency to no training."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.device import made

from gatehouse.device.bundle import sign, verified
from gatehouse.device.delivery import Delivery
from gatehouse.device.houses import KEPT, House
from gatehouse.device.ledger import Ledger
from gatehouse.device.ledger.outbox import Outbox
from gatehouse.kernel.errors import RefusedError
from gatehouse.workstations.mobile.station import Station


def delivery(folder: Path, token: str, sent: list[Any]) -> Delivery:
    """To a centre that takes everything."""

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request.headers["Authorization"])
        return httpx.Response(200, json={"acknowledged": 1, "missing": False})

    client = httpx.Client(base_url="http://127.0.0.1", transport=httpx.MockTransport(answer))
    return Delivery(Outbox(folder / "ledger.sqlite3", device=made.DEVICE), client, token)


def station(ledger: Ledger) -> Station:
    return Station(ledger=ledger, lane=made.DEVICE, clock=made.clock())


def test_a_bundle_of_a_training_says_so_and_the_agencys_says_nothing() -> None:
    for mode, house in (("training", House.TRAINING), (None, House.AGENCY)):
        data = sign(made.bundle(mode=mode), made.CENTRE)
        assert (b'"mode"' in data) is (mode is not None)
        assert verified(data, made.CENTRE.public_key()).house is house


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("training.a", "b", "of the training and what is asked of the agency"),
        ("b", "training.a", "of the agency and what is asked of the training"),
    ],
)
def test_a_ledger_is_delivered_to_one_house_alone(tmp_path: Path, first: str, second: str, said: str) -> None:
    sent: list[Any] = []
    with made.ledger(tmp_path) as ledger:
        assert delivery(tmp_path, first, sent).deliver_once().sent == 0
        ledger.append("sign_on", {"officer": "chen"})
        other = delivery(tmp_path, second, sent)
        with pytest.raises(RefusedError, match=said):
            other.deliver_once()
        assert (other.outbox.acknowledged, other.outbox.backlog.count) == (0, 1)
        assert delivery(tmp_path, first, sent).deliver_once().sent == 1
    assert sent == [f"Bearer {first}"] * 2


def test_what_was_delivered_before_houses_were_kept_is_the_agencys(tmp_path: Path) -> None:
    with made.ledger(tmp_path) as ledger:
        ledger.append("sign_on", {"officer": "chen"})
        ledger.keep("acknowledged", "1")
        with pytest.raises(RefusedError, match="of the agency"):
            delivery(tmp_path, "training.a", []).deliver_once()
        assert delivery(tmp_path, "b", []).deliver_once().sent == 0
        assert ledger.recall(KEPT) == "agency"


@pytest.mark.parametrize(("first", "second"), [("training", None), (None, "training")])
def test_a_device_takes_no_bundle_of_the_other_house(tmp_path: Path, first: Any, second: Any) -> None:
    with made.ledger(tmp_path) as ledger:
        at = station(ledger)
        at.take_bundle(made.signed(mode=first), made.accepted())
        with pytest.raises(RefusedError, match="use another ledger"):
            at.take_bundle(made.signed(mode=second, serial=5), made.accepted())
        assert at.bundle.mode == first
        assert ledger.recall(KEPT) == (first or "agency")
        token = "b" if first else "training.a"
        sent: list[Any] = []
        with pytest.raises(RefusedError, match="use another ledger"):
            delivery(tmp_path, token, sent).deliver_once()
        assert sent == []


def test_a_ledger_with_events_from_before_is_the_agencys(tmp_path: Path) -> None:
    with made.ledger(tmp_path) as ledger:
        ledger.append("sign_on", {"officer": "chen"})
        with pytest.raises(RefusedError, match="of the agency"):
            station(ledger).take_bundle(made.signed(mode="training"), made.accepted())
        assert ledger.recall(KEPT) is None
        station(ledger).take_bundle(made.signed(), made.accepted())
        assert ledger.recall(KEPT) == "agency"
