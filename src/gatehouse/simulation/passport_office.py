"""Where the passports of simulated travellers are made, with what is to be wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.pki.states import certificate_code
from gatehouse.kernel.errors import UnreadableError
from gatehouse.simulation.holders import Holder
from gatehouse.simulation.issuing import ChipKind, Fault, Issuer
from gatehouse.simulation.portraits import portrait

#: Seven months: an exemption from a visa may ask for six.
_DAYS_LEFT = 215
_POSE, _LIGHT = 0.4, 0.9
#: How much older the earlier master list is, and how many states have joined since.
_BETWEEN_LISTS, _JOINED = timedelta(days=60), 2


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
    #: The whole chip, with keys of its own.
    image: ChipImage = field(repr=False)


@dataclass(frozen=True, slots=True)
class Authorities:
    """What the simulated states publish, in DER: a master list of their CSCAs, the one before it, which lacks some
    states, the root of both, and each state's revocation list."""

    root: bytes = field(repr=False)
    earlier: bytes = field(repr=False)
    master_list: bytes = field(repr=False)
    crls: tuple[bytes, ...] = field(repr=False)


class PassportOffice:
    """The simulated states of one day, by their codes in the MRZ. Their keys are made anew each time, and kept nowhere.

    `chips` are the kinds of chips that are given out by turns; without them each state's usual one.
    """

    def __init__(self, states: Iterable[str], *, seed: int, on: date, chips: Sequence[ChipKind] = ()) -> None:
        self._chips = chips
        self._issuers = {state: Issuer(_code(state), state, seed=seed, on=on) for state in sorted(states)}

    def authorities(self) -> Authorities:
        issuers = list(self._issuers.values())
        first = issuers[0]
        before = first.master_list(issuers[:-_JOINED], day=first.on - _BETWEEN_LISTS)
        _, root, _ = first.csca_certificates()
        return Authorities(root, before, first.master_list(issuers), tuple(issuer.crl() for issuer in issuers))

    def passport(self, order: Order) -> Passport:
        holder = order.holder
        kind = self._chips[holder.seed % len(self._chips)] if self._chips else None
        made = self._issuers[holder.nationality].personalise(
            holder, fault=order.fault, days_left=_DAYS_LEFT, chips=kind
        )
        mrz = "\n".join(made.mrz_lines)
        if order.misprinted:
            mrz = f"{mrz[:-1]}{(int(mrz[-1]) + 1) % 10}"
        return Passport(mrz, made.files, portrait(holder.seed, pose=_POSE, light=_LIGHT), made.image)


def _code(state: str) -> str:
    code = certificate_code(state)
    if code is None:
        raise UnreadableError("no state issues passports under the code %(state)s", state=state)
    return code
