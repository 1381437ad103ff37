"""Where the passports of simulated travellers are made, with what is to be wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gatehouse.documents.pki.states import certificate_code
from gatehouse.simulation.holders import Holder
from gatehouse.simulation.issuing import Fault, Issuer
from gatehouse.simulation.portraits import portrait

#: Seven months: an exemption from a visa may ask for six.
_DAYS_LEFT = 215
_POSE, _LIGHT = 0.4, 0.9


@dataclass(frozen=True, slots=True)
class Order:
    """Whose passport to make, and what is to be wrong with it."""

    holder: Holder
    fault: Fault | None = None
    #: A check digit of the printed zone is wrong.
    misprinted: bool = False


@dataclass(frozen=True, slots=True)
class Passport:
    """What a reader delivers of it, and how its holder looks at the desk (JPEG)."""

    mrz: str
    files: dict[str, bytes] = field(repr=False)
    live_image: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Authorities:
    """What the simulated states publish, in DER: one master list of their CSCAs, and each one's revocation list."""

    master_list: bytes = field(repr=False)
    crls: tuple[bytes, ...] = field(repr=False)


class PassportOffice:
    """The simulated states of one day, by their codes in the MRZ. Keys are made anew each time, and kept nowhere."""

    def __init__(self, states: Iterable[str], *, seed: int, on: date) -> None:
        self._issuers = {state: Issuer(_code(state), state, seed=seed, on=on) for state in sorted(states)}

    def authorities(self) -> Authorities:
        issuers = list(self._issuers.values())
        return Authorities(issuers[0].master_list(issuers), tuple(issuer.crl() for issuer in issuers))

    def passport(self, order: Order) -> Passport:
        holder = order.holder
        made = self._issuers[holder.nationality].personalise(holder, fault=order.fault, days_left=_DAYS_LEFT)
        mrz = "\n".join(made.mrz_lines)
        if order.misprinted:
            mrz = f"{mrz[:-1]}{(int(mrz[-1]) + 1) % 10}"
        return Passport(mrz, made.files, portrait(holder.seed, pose=_POSE, light=_LIGHT))


def _code(state: str) -> str:
    code = certificate_code(state)
    if code is None:
        raise KeyError(state)
    return code
