"""Personalising passports: a holder in, a printed zone and the files of a chip out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from random import Random

from gatehouse.documents.chip.access import CanKey, MrzKey
from gatehouse.documents.chip.simulator import ChipImage
from gatehouse.documents.mrz import compose_mrz
from gatehouse.simulation.fingerprints import fingerprint
from gatehouse.simulation.holders import Holder, made_up_holder
from gatehouse.simulation.issuing import data_groups, signed_objects
from gatehouse.simulation.issuing.authority import Authority
from gatehouse.simulation.issuing.certificates import Certified
from gatehouse.simulation.issuing.chips import Chip, ChipKind
from gatehouse.simulation.issuing.faults import Fault
from gatehouse.simulation.issuing.terminals import TerminalAuthority
from gatehouse.simulation.portraits import portrait

_YEARS_VALID = 10
#: Documents issued since are of LDS 1.8: EF.SOD then says so itself (9303-10 clause 4.6.2.3).
_LDS_1_8_SINCE = 4
_NUMBERS = 100_000_000
#: Coprime to `_NUMBERS`: different holders of a state get different numbers, in no visible order.
_STRIDE = 48_271
#: Days since the issue of a document with one of these faults: the revoked and the lapsed signer are of recent years.
_AGES: dict[Fault | None, tuple[int, int]] = {
    Fault.EXPIRED: (_YEARS_VALID * 365 + 30, _YEARS_VALID * 365 + 700),
    Fault.REVOKED_SIGNER: (60, 900),
    Fault.LAPSED_SIGNER: (60, 900),
}
_FINGERS = ("right index", "left index")
#: Far from the seeds of a day's travellers.
_STRANGER = 50_000_000


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A passport: what is printed on its page, and its chip's files by name ("COM", "SOD", "DG1" …) as raw bytes.

    `holder` is the person on the printed page and `portrait` the JPEG printed there. `image` is the whole chip, with
    its own keys: what is printed opens it, whosoever's files it holds.
    """

    holder: Holder
    document_number: str
    issued: date
    expires: date
    mrz_lines: tuple[str, ...]
    portrait: bytes = field(repr=False)
    files: dict[str, bytes] = field(repr=False)
    image: ChipImage = field(repr=False)
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class _Booklet:
    """What a printed page and a sound chip agree on."""

    holder: Holder
    number: str
    issued: date
    expires: date
    mrz: str
    image: bytes = field(repr=False)
    access_number: str = ""


class Issuer:
    """A state that issues passports (TD3): `country2` its code in certificates, `country3` its code in the MRZ.

    Everything but keys, and what they sign, follows from `seed` and `on`. `chips` is what its chips can do.
    """

    def __init__(
        self, country2: str, country3: str, *, seed: int, on: date, chips: ChipKind = ChipKind.PACE_GM
    ) -> None:
        self.country2, self.country3, self.seed, self.on = country2, country3, seed, on
        self.chips = chips
        self.terminals = TerminalAuthority(country2, on=on)
        self._authority = Authority(country2, seed=f"{seed} {country3}", on=on)
        rng = self._rng("numbers")
        self._letter, self._first_number = rng.choice("ABCEGHKLMNPRSTXZ"), rng.randrange(_NUMBERS)

    def csca_certificates(self) -> tuple[bytes, ...]:
        """DER: the older CSCA, its successor of the same name, and the link certificate between them."""
        authority = self._authority
        return authority.older.der, authority.newer.der, authority.link.der

    def crl(self) -> bytes:
        """The revocation list of the day, in DER: it names one document signer."""
        return self._authority.revocation_list()

    def master_list(self, issuers: Iterable[Issuer], *, day: date | None = None) -> bytes:
        """A CSCA master list of the issuers' certificates, signed by this state on that day (today where none is
        given): the content of a .ml file.

        Its root is this state's newer CSCA, the second of `csca_certificates`.
        """
        certificates = [der for issuer in issuers for der in issuer.csca_certificates()]
        signer, root = self._authority.list_signer, self._authority.newer.der
        return signed_objects.master_list(certificates, signer, day=day or self.on, others=[root])

    def personalise(
        self, holder: Holder, *, fault: Fault | None = None, days_left: int = 30, chips: ChipKind | None = None
    ) -> IssuedDocument:
        """A passport for the holder, the same person and number for the same holder, with a fault if asked for.

        It is valid for at least `days_left` more, unless the fault says otherwise. `chips` is another kind of chip than
        the state's usual one.
        """
        page = self._booklet(holder, fault, days_left)
        chip = self._booklet(self._stranger(holder)) if fault is Fault.SWAPPED else page
        signer, own = self._signer(chip, fault), Chip.new(chips or self.chips)
        files = self._files(chip, signer, own)
        if fault is Fault.ALTERED_DG1:
            page = self._prolonged(page)
            files["DG1"] = data_groups.dg1(page.mrz)
        elif fault is Fault.ALTERED_DG2:
            files["DG2"] = data_groups.dg2(portrait(self._stranger(holder).seed), holder.sex)
        return IssuedDocument(
            holder=holder,
            document_number=page.number,
            issued=page.issued,
            expires=page.expires,
            mrz_lines=tuple(page.mrz.split("\n")),
            portrait=page.image,
            files=files,
            image=self._image(page, files, self._master_files(own, signer, chip.issued), own),
            fault=fault,
        )

    def _image(self, page: _Booklet, files: Mapping[str, bytes], master: Mapping[str, bytes], own: Chip) -> ChipImage:
        trusted = own.kind is ChipKind.EAC
        return ChipImage(
            {**files, **master},
            mrz=MrzKey(page.number, f"{page.holder.birth_date:%y%m%d}", f"{page.expires:%y%m%d}"),
            can=CanKey(page.access_number) if own.kind.mapping else None,
            mapping_key=own.agreement.private if own.agreement and own.kind is ChipKind.PACE_CAM else None,
            active_key=own.active,
            agreement_keys=(own.agreement,) if own.agreement and own.kind is not ChipKind.PACE_CAM else (),
            trust_points=(self.terminals.authority.certificate,) if trusted else (),
            personalised=page.issued,
        )

    def _master_files(self, own: Chip, signer: Certified, day: date) -> dict[str, bytes]:
        files = {}
        if own.card_access is not None:
            files["CardAccess"] = own.card_access
        if own.card_security is not None:
            files["CardSecurity"] = signed_objects.card_security(own.card_security, signer, day=day)
        return files

    def _rng(self, purpose: str) -> Random:
        return Random(f"{purpose} {self.seed} {self.country3}")  # noqa: S311  no secret comes from it

    def _booklet(self, holder: Holder, fault: Fault | None = None, days_left: int = 30) -> _Booklet:
        rng = self._rng(f"document {holder.seed}")
        life = _YEARS_VALID * 365
        youngest, oldest = _AGES.get(fault, (30, life - days_left))
        issued = max(self.on - timedelta(days=rng.randrange(youngest, oldest)), holder.birth_date)
        number = f"{self._letter}{(self._first_number + holder.seed * _STRIDE) % _NUMBERS:08d}"
        expires = issued + timedelta(days=life)
        if fault is Fault.EXPIRED:  # a child's may have been of a shorter life
            expires = min(expires, self.on - timedelta(days=1))
        mrz = self._mrz(holder, number, expires)
        access_number = f"{self._rng(f'access {holder.seed}').randrange(10**6):06d}"
        return _Booklet(holder, number, issued, expires, mrz, portrait(holder.seed), access_number)

    def _mrz(self, holder: Holder, number: str, expires: date) -> str:
        return compose_mrz(
            "TD3",
            document_code="P",
            issuer=self.country3,
            document_number=number,
            surname=holder.surname,
            given_names=holder.given_names,
            nationality=holder.nationality,
            birth_date=holder.birth_date.isoformat(),
            sex=holder.sex,
            expiry_date=expires.isoformat(),
            optional_data=holder.personal_number or "",
        )

    def _prolonged(self, booklet: _Booklet) -> _Booklet:
        expires = booklet.expires + timedelta(days=5 * 365)
        return replace(booklet, expires=expires, mrz=self._mrz(booklet.holder, booklet.number, expires))

    def _stranger(self, holder: Holder) -> Holder:
        """Somebody else of the same nationality and sex."""
        seed = (holder.seed + _STRANGER) % _NUMBERS
        return made_up_holder(holder.nationality, seed, on=self.on, youngest=18)

    @cached_property
    def _counterfeit(self) -> Authority:
        return Authority(self.country2, seed=f"counterfeit {self.seed} {self.country3}", on=self.on)

    @cached_property
    def _unknown(self) -> Authority:
        name = "Simulated CSCA that nobody trusts"
        return Authority(self.country2, seed=f"unknown {self.seed}", on=self.on, common_name=name)

    def _signer(self, booklet: _Booklet, fault: Fault | None) -> Certified:
        if fault is Fault.REVOKED_SIGNER:
            return self._authority.revoked_signer
        if fault is Fault.LAPSED_SIGNER:
            return self._authority.lapsed_signer
        authorities = {Fault.FORGED: "_counterfeit", Fault.UNKNOWN_AUTHORITY: "_unknown"}
        authority: Authority = getattr(self, authorities[fault]) if fault in authorities else self._authority
        return authority.signer(booklet.issued)

    def _files(self, booklet: _Booklet, signer: Certified, own: Chip) -> dict[str, bytes]:
        recent = self.on.year - booklet.issued.year <= _LDS_1_8_SINCE
        version = "0108" if recent else "0107"
        groups = self._groups(booklet, own)
        names = [f"DG{number}" for number in groups]
        sod = signed_objects.security_object(
            groups, signer, day=booklet.issued, lds_version=version if recent else None
        )
        files = {"COM": data_groups.com(names, lds_version=version), "SOD": sod}
        return files | dict(zip(names, groups.values(), strict=True))

    def _groups(self, booklet: _Booklet, own: Chip) -> dict[int, bytes]:
        holder = booklet.holder
        groups = {1: data_groups.dg1(booklet.mrz), 2: data_groups.dg2(booklet.image, holder.sex)}
        if own.kind is ChipKind.EAC:
            groups[3] = data_groups.dg3({name: fingerprint(holder.seed, name) for name in _FINGERS})
        if holder.full_name:
            groups[11] = data_groups.dg11(
                full_name=holder.full_name, birth_date=holder.birth_date, personal_number=holder.personal_number
            )
        groups[12] = data_groups.dg12(authority=f"Simulated Passport Office {self.country3}", issued=booklet.issued)
        if own.security_infos is not None:
            groups[14] = data_groups.dg14(own.security_infos)
        if own.active is not None:
            groups[15] = data_groups.dg15(own.active.public_key())
        return groups
