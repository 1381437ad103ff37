"""The ledger of a device: what happened there, written before it counted, and delivered to the centre once each."""

from gatehouse.device.ledger.chain import GENESIS, Event, broken_at
from gatehouse.device.ledger.outbox import Backlog, Outbox
from gatehouse.device.ledger.writer import Ledger

__all__ = ["GENESIS", "Backlog", "Event", "Ledger", "Outbox", "broken_at"]
