"""What a simulated lane needs: states that issue passports, their holders, the lists of a simulated centre."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gatehouse.device import enrolling, lane_lists
from gatehouse.device.bundle import TrustLists
from gatehouse.device.lane_lists import Known, LaneLists, opened
from gatehouse.device.watch_index import ListedEntry, build, fresh_key
from gatehouse.documents.mrz import parse_mrz
from gatehouse.gates.simulated import Guest, Manner
from gatehouse.law.egate import TABLE, EgateTable, Status
from gatehouse.platform.profile import Profile
from gatehouse.simulation.holders import Holder, made_up_holder
from gatehouse.simulation.issuing import ChipKind, Fault
from gatehouse.simulation.passport_office import Order, PassportOffice


class LaneWorld:
    """One day's states, people and lists. The centre's key is made anew and kept nowhere."""

    def __init__(
        self,
        profile: Profile,
        *,
        states: Iterable[str],
        now: datetime,
        seed: int = 1,
        chips: ChipKind = ChipKind.PACE_GM,
    ) -> None:
        self.profile, self.now = profile, now
        self._key, self._index_key = Ed25519PrivateKey.generate(), fresh_key()
        self._on = profile.agency.day(now)
        self._office = PassportOffice(states, seed=seed, on=self._on, chips=(chips,))
        self.public = self._key.public_key()
        #: The simulated centre's, to which lanes seal whom they enrol.
        self.enrolment = X25519PrivateKey.generate()

    def holder(self, nationality: str, seed: int, *, youngest: int = 20) -> Holder:
        return made_up_holder(nationality, seed, on=self._on, youngest=youngest)

    def guest(
        self,
        nationality: str,
        seed: int,
        *,
        manner: Manner = Manner.USUAL,
        fault: Fault | None = None,
        height_cm: float = 170,
        face_of: int | None = None,
        youngest: int = 20,
    ) -> Guest:
        """Somebody with their passport. `face_of` is the seed of another person who stands there instead."""
        passport = self._office.passport(Order(self.holder(nationality, seed, youngest=youngest), fault=fault))
        face = passport.live_image
        if face_of is not None:
            face = self._office.passport(Order(self.holder(nationality, face_of))).live_image
        return Guest(passport.mrz, passport.image, face, height_cm=height_cm, manner=manner)

    def lists(
        self,
        *,
        lane: str,
        port: str,
        own_key: bytes,
        serial: int = 1,
        hours: float = 24,
        issued: datetime | None = None,
        known: Iterable[tuple[Guest, Status, bool]] = (),
        listed: Iterable[ListedEntry] = (),
    ) -> LaneLists:
        """Signed by the simulated centre, and opened by the lane as it would any."""
        authorities = self._office.authorities()
        files = {"masterlist.ml": b64encode(authorities.master_list).decode()}
        files |= {f"{place}.crl": b64encode(crl).decode() for place, crl in enumerate(authorities.crls)}
        since = issued or self.now
        documents = []
        for guest, status, enrolled in known:
            zone = parse_mrz(guest.zone, on=self._on)
            documents.append((zone.issuer, zone.document_number, Known(status=status, enrolled=enrolled)))
        made = LaneLists(
            lane=lane,
            port=port,
            serial=serial,
            issued=since,
            expires=since + timedelta(hours=hours),
            state=self.profile.agency.state,
            time_zone=self.profile.agency.time_zone,
            egate=self.profile.read(TABLE, EgateTable),
            trust=TrustLists(files=files, pinned=(b64encode(authorities.root).decode(),)),
            watch_index=build(listed, self._index_key),
            known=lane_lists.known_of(self._index_key, documents),
            enrolment_key=enrolling.public_text(self.enrolment),
            index_key=lane_lists.seal_key(self._index_key, own=own_key, lane=lane, serial=serial),
        )
        data = lane_lists.sign(made, self._key)
        return opened(data, centre=self.public, lane=lane, seen=0, now=since)
