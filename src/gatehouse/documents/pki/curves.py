"""The elliptic curves of travel documents, and which of them a key's explicit parameters describe.

Doc 9303-12 clause 4.1.6.3 mandates explicit parameters. They are trusted only where every one of them is a known
curve's: a generator of one's own choice makes a private key for anybody's public key (CVE-2020-0601).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from asn1crypto import keys
from cryptography.hazmat.primitives.asymmetric import ec
from ecdsa.ellipticcurve import CurveFp, PointJacobi

from gatehouse.kernel.errors import UnreadableError

_ENGINE: dict[str, type[ec.EllipticCurve]] = {
    "secp192r1": ec.SECP192R1,
    "secp224r1": ec.SECP224R1,
    "secp256r1": ec.SECP256R1,
    "secp384r1": ec.SECP384R1,
    "secp521r1": ec.SECP521R1,
    "brainpoolP256r1": ec.BrainpoolP256R1,
    "brainpoolP384r1": ec.BrainpoolP384R1,
    "brainpoolP512r1": ec.BrainpoolP512R1,
}


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve y² = x³ + ax + b over the field of p elements, with generator (gx, gy) of order n and cofactor h."""

    name: str
    p: int
    a: int
    b: int
    gx: int
    gy: int
    n: int
    h: int

    @property
    def engine(self) -> ec.EllipticCurve | None:
        """The same curve in `cryptography`, or None where that has none."""
        curve = _ENGINE.get(self.name)
        return curve() if curve else None

    @property
    def width(self) -> int:
        """Octets of a coordinate."""
        return (self.p.bit_length() + 7) // 8


@cache
def generator(curve: Curve) -> PointJacobi:
    """The generator as a point to compute with."""
    return PointJacobi(CurveFp(curve.p, curve.a, curve.b, curve.h), curve.gx, curve.gy, 1, curve.n)


def decode_point(curve: Curve, octets: bytes) -> PointJacobi:
    """An uncompressed point (SEC 1 clause 2.3.4). Raises `UnreadableError` for another form, or one off the curve."""
    x, y = _number(octets[1 : 1 + curve.width]), _number(octets[1 + curve.width :])
    well_formed = octets[:1] == b"\x04" and len(octets) == 1 + 2 * curve.width and max(x, y) < curve.p
    if not well_formed or (y * y - (x * x * x + curve.a * x + curve.b)) % curve.p:
        raise UnreadableError("the public key is not a point of %(curve)s", curve=curve.name)
    return PointJacobi(generator(curve).curve(), x, y, 1, curve.n)


@cache
def known_curves() -> dict[str, Curve]:
    """The curves of SEC 2 and RFC 5639 over prime fields, by their lower-case name; data/curves.csv has sources."""
    table = (files(__package__) / "data" / "curves.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    numbers = ("p", "a", "b", "gx", "gy", "n", "h")
    curves = (Curve(row["name"], *(int(row[number], 16) for number in numbers)) for row in rows)
    return {curve.name.lower(): curve for curve in curves}


@cache
def _by_field() -> dict[int, Curve]:
    return {curve.p: curve for curve in known_curves().values()}


def curve_of(parameters: keys.ECDomainParameters) -> Curve:
    """The known curve that a key's parameters name or describe.

    Raises `UnreadableError` for another curve, and for explicit parameters that differ from the known curve of that
    field in any of a, b, G, n or h.
    """
    if parameters.name == "named":
        name = parameters.chosen.native
        curve = known_curves().get(name.lower())
        if curve is None:
            raise UnreadableError("the elliptic curve %(curve)s is not one of travel documents", curve=name)
        return curve
    if parameters.name != "specified":
        raise UnreadableError("the key leaves its elliptic curve to its issuer")
    return _matched(parameters.chosen)


def _matched(domain: keys.SpecifiedECDomain) -> Curve:
    field = domain["field_id"]
    if field["field_type"].native != "prime_field":
        raise UnreadableError("the elliptic curve is not over a prime field")
    curve = _by_field().get(field["parameters"].native)
    if curve is None:
        raise UnreadableError("the explicit parameters are of no known elliptic curve")
    differing = [name for name, same in _comparisons(domain, curve) if not same]
    if differing:
        raise UnreadableError(
            "the explicit parameters are those of %(curve)s but for %(differing)s",
            curve=curve.name,
            differing=", ".join(differing),
        )
    return curve


def _comparisons(domain: keys.SpecifiedECDomain, curve: Curve) -> tuple[tuple[str, bool], ...]:
    cofactor = domain["cofactor"].native
    return (
        ("a", _number(domain["curve"]["a"].contents) == curve.a),
        ("b", _number(domain["curve"]["b"].contents) == curve.b),
        ("G", _is_generator(domain["base"].contents, curve)),
        ("n", domain["order"].native == curve.n),
        ("h", cofactor is None or cofactor == curve.h),
    )


def _number(octets: bytes) -> int:
    return int.from_bytes(octets, "big")


def _is_generator(point: bytes, curve: Curve) -> bool:
    """Whether an encoded point, compressed or not (SEC 1 clause 2.3.3), is the curve's generator."""
    form, x, y = point[:1], _number(point[1 : 1 + curve.width]), point[1 + curve.width :]
    if form == b"\x04":
        return x == curve.gx and len(y) == curve.width and _number(y) == curve.gy
    return form == bytes((2 + curve.gy % 2,)) and x == curve.gx and not y
