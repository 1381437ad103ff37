"""Putting the lists of the simulated states to use, as `gatehouse document trust --store` does with others."""

from __future__ import annotations

from gatehouse.documents.pki.certificates import Certificate
from gatehouse.documents.pki.crl import Crl
from gatehouse.documents.pki.imports import verify_crl, verify_list
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.store import ListStore
from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import RefusedError
from gatehouse.platform.config import config
from gatehouse.simulation.passport_office import Authorities


def trust_put(published: Authorities, *, clock: Clock, by: str) -> None:
    """The earlier master list stands in the history first, so that there is something to compare with."""
    store, roots = ListStore(config().state_dir / "trust"), [Certificate.read(published.root)]
    newest = MasterList.read(published.master_list)
    lists = [] if store.has_history else [(published.earlier, "simulated-earlier.ml")]
    found = [
        verify_list(MasterList.read(data), data, name, roots)
        for data, name in (*lists, (published.master_list, "simulated.ml"))
    ]
    found += [
        verify_crl(Crl.read(data), data, f"simulated-{number}.crl", newest.certificates)
        for number, data in enumerate(published.crls, 1)
    ]
    for each in found:
        if each.ready is None:
            raise RefusedError("%(cause)s", cause=each.check.reason)
        store.add(each.ready, by=by, at=clock.now())
