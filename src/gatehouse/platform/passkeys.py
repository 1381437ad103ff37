"""Passkeys: signing in by a key that never leaves a person's device (W3C Web Authentication, level 3).

The device asks for a finger or a code before it signs, and signs for this host alone: no password is typed that
somebody could fish. Of the key only its public half is kept here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from gatehouse.kernel.clock import Clock
from gatehouse.kernel.errors import NotFoundError, RefusedError
from gatehouse.platform.models import Passkey, User

#: What a browser's answer needs at most; a longer one is none.
LONGEST_ANSWER = 16 * 1024
MOST_OF_A_PERSON = 10

#: What a browser is asked with, as JSON, and what has to be kept until it answers.
Asked = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Site:
    """For whom a passkey signs: a host, and the one origin (`https://host`) under which its pages are served."""

    host: str
    origin: str

    def server(self) -> Fido2Server:
        entity = PublicKeyCredentialRpEntity(id=self.host, name="Gatehouse")
        return Fido2Server(entity, verify_origin=lambda origin: origin == self.origin)


def passkey_offer(*, site: Site, user: User) -> Asked:
    """Ask a browser to make a passkey for this person, one that asks for a finger or a code each time."""
    person = PublicKeyCredentialUserEntity(
        id=user.pk.bytes, name=user.get_username(), display_name=user.get_full_name() or user.get_username()
    )
    options, state = site.server().register_begin(
        person,
        [_credential(each) for each in user.passkeys.all()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _asked(options, state)


@transaction.atomic
def passkey_add(*, clock: Clock, site: Site, user: User, name: str, state: dict[str, Any], answer: str) -> Passkey:
    """Keep the public half of the passkey that a browser made. Raises `RefusedError` where it does not prove itself."""
    name = name.strip()
    if not 1 <= len(name) <= 60:
        raise RefusedError("A passkey has a name of 1 to 60 characters.")
    User.objects.select_for_update().get(pk=user.pk)  # two at once: the second counts the first
    if user.passkeys.count() >= MOST_OF_A_PERSON:
        raise RefusedError("A person has %(most)d passkeys at most: remove one first.", most=MOST_OF_A_PERSON)
    given = _answer(answer)
    try:
        made = site.server().register_complete(state, given)
    except Exception as error:  # over hostile bytes the library raises whatever its readers do
        raise RefusedError("The browser's answer does not prove a passkey of this host.") from error
    credential = made.credential_data
    assert credential is not None  # noqa: S101 (register_complete asserts it)
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                user=user,
                name=name,
                credential_id=credential.credential_id,
                credential=bytes(credential),
                counter=made.counter,
                added_at=clock.now(),
            )
    except IntegrityError as error:
        raise RefusedError("This passkey is known already.") from error


def passkey_ask(*, site: Site, user: User | None = None) -> Asked:
    """Ask a browser to sign with a passkey: with any of this host's, or with one of this person's."""
    known = None if user is None else [_credential(each) for each in user.passkeys.all()]
    options, state = site.server().authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return _asked(options, state)


def passkey_named(answer: str) -> Passkey | None:
    """The passkey that a browser's answer says it is signed with. Nothing is proved by that yet."""
    try:
        credential_id = websafe_decode(str(_answer(answer)["rawId"]))
    except (ValueError, KeyError, RefusedError):
        return None
    return Passkey.objects.select_related("user").filter(credential_id=credential_id).first()


@transaction.atomic
def passkey_use(*, clock: Clock, site: Site, passkey: Passkey, state: dict[str, Any], answer: str) -> None:
    """Prove that the answer is signed by this passkey, for this host and this question.

    Raises `RefusedError` where it is not, and where the passkey's counter went back: then two devices hold the key
    (clause 6.1.1 of the standard).
    """
    kept = Passkey.objects.select_for_update().filter(pk=passkey.pk).first()
    if kept is None:
        raise RefusedError("This passkey is not known here.")
    text = _answer(answer)
    try:
        given = AuthenticationResponse.from_dict(text)
        site.server().authenticate_complete(state, [_credential(kept)], given)
    except Exception as error:  # as above
        raise RefusedError("The passkey did not prove itself.") from error
    if given.response.user_handle not in (None, kept.user_id.bytes):
        raise RefusedError("The passkey did not prove itself.")
    counter = given.response.authenticator_data.counter
    if (counter or kept.counter) and counter <= kept.counter:
        raise RefusedError("This passkey seems to have been copied: its counter went back. Tell the operator.")
    kept.counter, kept.used_at = counter, clock.now()
    kept.save(update_fields=["counter", "used_at"])


def passkey_remove(*, username: str, passkey: UUID) -> str:
    """Let this passkey open nothing any more; gives its name. Raises `NotFoundError`."""
    kept = Passkey.objects.filter(user__username=username, pk=passkey).first()
    if kept is None:
        raise NotFoundError("%(name)s has no passkey %(passkey)s", name=username, passkey=str(passkey))
    kept.delete()
    return kept.name


def _credential(passkey: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(passkey.credential))


def _asked(options: Any, state: Any) -> Asked:
    """As plain JSON: what the standard gives to `navigator.credentials`, and what a session can hold."""
    return json.loads(json.dumps(dict(options.public_key))), json.loads(json.dumps(state))


def _answer(text: str) -> dict[str, Any]:
    if len(text) > LONGEST_ANSWER:
        raise RefusedError("The browser's answer is too long.")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RefusedError("The browser's answer cannot be read.") from error
    if not isinstance(given, dict):
        raise RefusedError("The browser's answer cannot be read.")
    return given
