from __future__ import annotations

import json
import random
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.db import transaction
from fido2.cose import ES256, CoseKey
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from gatehouse.kernel.clock import FixedClock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.kernel.ids import new_id
from gatehouse.platform.models import Passkey, User
from gatehouse.platform.passkeys import (
    Site,
    passkey_add,
    passkey_ask,
    passkey_named,
    passkey_offer,
    passkey_remove,
    passkey_use,
)
from gatehouse.platform.permissions import Role
from gatehouse.platform.services import user_create

pytestmark = pytest.mark.django_db
SITE = Site("gatehouse.example", "https://gatehouse.example")
CLOCK = FixedClock(datetime(2026, 11, 27, 3, tzinfo=UTC))
FLAG = AuthenticatorData.FLAG
PRESENT, VERIFIED, ATTESTED = FLAG.UP, FLAG.UV, FLAG.AT


class Authenticator:
    """Makes keys and signs with them as the standard says (clauses 6.3.2 and 6.3.3)."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = new_id().bytes
        self.counter = 0
        self.flags = PRESENT | VERIFIED

    def made(self, challenge: str, site: Site = SITE) -> str:
        credential = AttestedCredentialData.create(Aaguid.NONE, self.credential_id, _cose(self.key.public_key()))
        data = AuthenticatorData.create(_hash(site.host), self.flags | ATTESTED, self.counter, credential)
        client = _client("webauthn.create", challenge, site)
        response = {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        }
        return self._answer(response)

    def signed(self, challenge: str, site: Site = SITE, user_handle: bytes | None = None) -> str:
        data = AuthenticatorData.create(_hash(site.host), self.flags, self.counter)
        client = _client("webauthn.get", challenge, site)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
        }
        if user_handle is not None:
            response["userHandle"] = websafe_encode(user_handle)
        return self._answer(response)

    def _answer(self, response: dict[str, str]) -> str:
        name = websafe_encode(self.credential_id)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})


def _cose(key: ec.EllipticCurvePublicKey) -> CoseKey:
    numbers = key.public_numbers()  # as RFC 9053, clause 7.1.1, writes a point of P-256
    return ES256({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})


def _hash(host: str) -> bytes:
    return sha256(host.encode()).digest()


def _client(kind: str, challenge: str, site: Site) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": site.origin}).encode()


@pytest.fixture
def chen() -> User:
    return user_create(username="chen", password="a long enough one", roles=[Role.SUPERVISOR])


def add(user: User, device: Authenticator, name: str = "phone") -> Passkey:
    options, state = passkey_offer(site=SITE, user=user)
    return passkey_add(
        clock=CLOCK, site=SITE, user=user, name=name, state=state, answer=device.made(options["challenge"])
    )


def use(passkey: Passkey, device: Authenticator, **how: Any) -> None:
    options, state = passkey_ask(site=SITE)
    answer = device.signed(options["challenge"], **how)
    passkey_use(clock=CLOCK, site=SITE, passkey=passkey, state=state, answer=answer)


def test_a_browser_is_asked_for_a_key_that_proves_its_person_and_knows_its_account(chen: User) -> None:
    options, _ = passkey_offer(site=SITE, user=chen)
    assert options["rp"] == {"name": "Gatehouse", "id": "gatehouse.example"}
    assert options["user"] == {"name": "chen", "id": websafe_encode(chen.pk.bytes), "displayName": "chen"}
    wanted = options["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    asked, _ = passkey_ask(site=SITE)
    assert (asked["rpId"], asked["userVerification"]) == ("gatehouse.example", "required")
    assert "allowCredentials" not in asked


def test_a_passkey_is_kept_with_its_public_half_and_used(chen: User) -> None:
    device = Authenticator()
    passkey = add(chen, device)
    assert (passkey.name, passkey.counter, passkey.added_at, passkey.used_at) == ("phone", 0, CLOCK.now(), None)
    use(passkey, device, user_handle=chen.pk.bytes)
    passkey.refresh_from_db()
    assert passkey.used_at == CLOCK.now()


@pytest.mark.parametrize(
    "how",
    [
        {"site": replace(SITE, origin="https://gatehouse.example.evil.test")},
        {"site": Site("evil.test", SITE.origin)},
        {"user_handle": b"somebody else's!"},
    ],
)
def test_a_signature_for_another_page_or_person_is_refused(chen: User, how: dict[str, Any]) -> None:
    device = Authenticator()
    passkey = add(chen, device)
    with pytest.raises(RefusedError, match="did not prove itself"):
        use(passkey, device, **how)
    passkey.refresh_from_db()
    assert passkey.used_at is None


def test_another_key_another_question_and_no_finger_are_refused(chen: User) -> None:
    device, other = Authenticator(), Authenticator()
    passkey = add(chen, device)
    other.credential_id = device.credential_id
    with pytest.raises(RefusedError, match="did not prove itself"):
        use(passkey, other)
    options, _ = passkey_ask(site=SITE)
    _, state = passkey_ask(site=SITE)
    with pytest.raises(RefusedError, match="did not prove itself"):
        passkey_use(clock=CLOCK, site=SITE, passkey=passkey, state=state, answer=device.signed(options["challenge"]))
    device.flags = PRESENT
    with pytest.raises(RefusedError, match="did not prove itself"):
        use(passkey, device)
    passkey.refresh_from_db()
    assert passkey.used_at is None


@pytest.mark.parametrize(
    "answer", ["", "{", "[]", "1", "{}", '{"rawId": 1}', '{"rawId": "AA", "response": {}}', "x" * 20000]
)
def test_what_is_no_answer_is_one_sentence(chen: User, answer: str) -> None:
    passkey = add(chen, Authenticator())
    assert passkey_named(answer) is None
    _, state = passkey_ask(site=SITE)
    with pytest.raises(RefusedError):
        passkey_use(clock=CLOCK, site=SITE, passkey=passkey, state=state, answer=answer)
    _, state = passkey_offer(site=SITE, user=chen)
    with pytest.raises(RefusedError):
        passkey_add(clock=CLOCK, site=SITE, user=chen, name="other", state=state, answer=answer)
    assert Passkey.objects.count() == 1


def test_whatever_is_changed_in_an_answer_it_is_refused_or_means_the_same(chen: User) -> None:
    """Each byte field cut off or spoilt, each field of another type: 400 answers, always the same ones."""
    dice, device = random.Random(7), Authenticator()
    passkey, refused = add(chen, device), 0
    for _ in range(400):
        options, state = passkey_ask(site=SITE)
        answer = json.loads(device.signed(options["challenge"]))
        signed = dice.choice(["clientDataJSON", "authenticatorData", "signature"])
        where = dice.choice([(answer, "rawId"), (answer, "type"), (answer, "response"), (answer["response"], signed)])
        _spoil(*where, dice)
        try:
            passkey_use(clock=CLOCK, site=SITE, passkey=passkey, state=state, answer=json.dumps(answer))
        except RefusedError:
            refused += 1
        options, state = passkey_offer(site=SITE, user=chen)
        answer = json.loads(Authenticator().made(options["challenge"]))
        made = dice.choice(["clientDataJSON", "attestationObject"])
        _spoil(*dice.choice([(answer, "response"), (answer["response"], made)]), dice)
        with suppress(RefusedError), transaction.atomic():
            passkey_add(clock=CLOCK, site=SITE, user=chen, name="x", state=state, answer=json.dumps(answer))
        Passkey.objects.exclude(pk=passkey.pk).delete()
    assert refused > 300


def _spoil(holder: dict[str, Any], field: str, dice: random.Random) -> None:
    text = holder[field]
    if not isinstance(text, str) or field == "type" or dice.random() < 0.2:
        holder[field] = dice.choice([1, None, [], {}, "é", "", True, "A"])
        return
    data = bytearray(websafe_decode(text))
    if dice.random() < 0.5:
        del data[dice.randrange(len(data)) :]
    else:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    holder[field] = websafe_encode(bytes(data))


def test_a_counter_that_went_back_tells_of_a_copy(chen: User) -> None:
    device = Authenticator()
    device.counter = 7
    passkey = add(chen, device)
    for counter in (7, 3, 0):
        device.counter = counter
        with pytest.raises(RefusedError, match="seems to have been copied"):
            use(passkey, device)
    device.counter = 8
    use(passkey, device)
    passkey.refresh_from_db()
    assert passkey.counter == 8


def test_a_key_that_proves_no_person_or_is_there_already_is_not_added(chen: User) -> None:
    device = Authenticator()
    device.flags = PRESENT
    with pytest.raises(RefusedError, match="does not prove a passkey of this host"):
        add(chen, device)
    device.flags |= VERIFIED
    with pytest.raises(RefusedError, match="1 to 60"):
        add(chen, device, name="   ")
    add(chen, device)
    with pytest.raises(RefusedError, match="known already"):
        add(chen, device)
    for number in range(9):
        add(chen, Authenticator(), name=str(number))
    with pytest.raises(RefusedError, match="10 passkeys at most"):
        add(chen, Authenticator())
    assert Passkey.objects.count() == 10


def test_a_passkey_is_removed_by_its_person_alone(chen: User) -> None:
    passkey = add(chen, Authenticator(), name="ring")
    with pytest.raises(NotFoundError):
        passkey_remove(username="lin", passkey=passkey.pk)
    assert passkey_remove(username="chen", passkey=passkey.pk) == "ring"
    with pytest.raises(NotFoundError):
        passkey_remove(username="chen", passkey=passkey.pk)
    assert not Passkey.objects.exists()
