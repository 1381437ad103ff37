"""One question to one device: its uptime, and the state of the interfaces that are watched."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pysnmp.error import PySnmpError
from pysnmp.hlapi.v1arch import asyncio as v1arch
from pysnmp.hlapi.v3arch import asyncio as v3arch
from pysnmp.proto.rfc1902 import Null
from pysnmp.proto.rfc1905 import EndOfMibView, NoSuchInstance, NoSuchObject

from gatehouse.monitoring.domain.interfaces import Interface
from gatehouse.monitoring.domain.uptime import Uptime
from gatehouse.monitoring.polling.config import Access, AuthProtocol, PrivProtocol, Target

#: SNMPv2-MIB, SNMP-FRAMEWORK-MIB, IF-MIB.
SYS_UP_TIME = "1.3.6.1.2.1.1.3.0"
ENGINE_BOOTS = "1.3.6.1.6.3.10.2.1.2.0"
IF_ADMIN_STATUS, IF_OPER_STATUS = "1.3.6.1.2.1.2.2.1.7", "1.3.6.1.2.1.2.2.1.8"
_AUTHENTICATION = {
    AuthProtocol.MD5: v3arch.usmHMACMD5AuthProtocol,
    AuthProtocol.SHA: v3arch.usmHMACSHAAuthProtocol,
    AuthProtocol.SHA224: v3arch.usmHMAC128SHA224AuthProtocol,
    AuthProtocol.SHA256: v3arch.usmHMAC192SHA256AuthProtocol,
    AuthProtocol.SHA384: v3arch.usmHMAC256SHA384AuthProtocol,
    AuthProtocol.SHA512: v3arch.usmHMAC384SHA512AuthProtocol,
}
_PRIVACY = {
    PrivProtocol.DES: v3arch.usmDESPrivProtocol,
    PrivProtocol.AES: v3arch.usmAesCfb128Protocol,
    PrivProtocol.AES192: v3arch.usmAesCfb192Protocol,
    PrivProtocol.AES256: v3arch.usmAesCfb256Protocol,
}
#: Trouble on the way, the device's own error with its place, and what it said.
_Answered: TypeAlias = tuple[Any, Any, Any, Any]
#: What tells one user of version 3 from another.
_OF_USER = ("user", "auth_protocol", "auth_password", "priv_protocol", "priv_password")
#: A value that is not there is an answer, not an error (RFC 3416 clause 4.2.1).
_ABSENT = (NoSuchObject, NoSuchInstance, EndOfMibView)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a device said. `trouble` says why there is nothing; None where it answered."""

    uptime: Uptime | None = None
    interfaces: tuple[Interface, ...] = ()
    trouble: str | None = None

    @property
    def answered(self) -> bool:
        return self.trouble is None


class Asker:
    """Asks devices, many at once. Close it in the end.

    Version 2c goes without an engine of SNMP: that looks through all its targets for each answer, which 1,000 devices
    make a million looks. Of version 3 an engine knows a user by name alone, so those of one name and different
    passwords get an engine each.
    """

    def __init__(self, *, timeout_s: float, retries: int) -> None:
        self._patience = {"timeout": timeout_s, "retries": retries}
        self._plain = v1arch.SnmpDispatcher()
        self._engines: dict[object, v3arch.SnmpEngine] = {}

    async def ask(self, target: Target) -> Answer:
        """Nothing is raised for what a device or a network does: it stands in the answer."""
        wanted = [SYS_UP_TIME, ENGINE_BOOTS]
        for index in target.interfaces:
            wanted += [f"{IF_ADMIN_STATUS}.{index}", f"{IF_OPER_STATUS}.{index}"]
        asking = self._ask_plain if target.version == "2c" else self._ask_user
        try:
            trouble, status, place, bound = await asking(target, wanted)
        except (PySnmpError, OSError) as error:
            return Answer(trouble=str(error) or type(error).__name__)
        if trouble or status or not bound:
            return Answer(trouble=str(trouble or f"error {status} at {place}"))
        try:
            said = {str(name): None if isinstance(value, _ABSENT) else int(value) for name, value in bound}
        except ValueError:  # pyasn1's, for a text or nothing
            return Answer(trouble="an answer is no number")
        return _answer(said, target)

    async def _ask_plain(self, target: Target, wanted: Sequence[str]) -> _Answered:
        address = await v1arch.UdpTransportTarget.create((target.host, target.port), **self._patience)
        community = v1arch.CommunityData(target.community.get_secret_value(), mpModel=1)  # noqa: S508 (older devices)
        answered: _Answered = await v1arch.get_cmd(
            self._plain, community, address, *((oid, Null("")) for oid in wanted)
        )
        return answered

    async def _ask_user(self, target: Target, wanted: Sequence[str]) -> _Answered:
        address = await v3arch.UdpTransportTarget.create((target.host, target.port), **self._patience)
        objects = (v3arch.ObjectType(v3arch.ObjectIdentity(oid)) for oid in wanted)
        own = tuple(getattr(target, name) for name in _OF_USER)
        if own not in self._engines:
            self._engines[own] = v3arch.SnmpEngine()
        answered: _Answered = await v3arch.get_cmd(
            self._engines[own], _user(target), address, v3arch.ContextData(), *objects, lookupMib=False
        )
        return answered

    async def close(self) -> None:
        self._plain.transport_dispatcher.close_dispatcher()
        for engine in self._engines.values():
            engine.close_dispatcher()
        await asyncio.sleep(0)  # in which the sockets are closed


def _user(access: Access) -> v3arch.UsmUserData:
    auth, priv = access.auth_password, access.priv_password
    return v3arch.UsmUserData(
        access.user,
        authKey=auth.get_secret_value() if auth else None,
        privKey=priv.get_secret_value() if priv else None,
        authProtocol=_AUTHENTICATION[access.auth_protocol] if auth else v3arch.usmNoAuthProtocol,
        privProtocol=_PRIVACY[access.priv_protocol] if priv else v3arch.usmNoPrivProtocol,
    )


def _answer(said: Mapping[str, int | None], target: Target) -> Answer:
    ticks = said.get(SYS_UP_TIME)
    return Answer(
        uptime=None if ticks is None else Uptime(ticks, said.get(ENGINE_BOOTS)),
        interfaces=tuple(
            Interface(index, said.get(f"{IF_ADMIN_STATUS}.{index}"), said.get(f"{IF_OPER_STATUS}.{index}"))
            for index in target.interfaces
        ),
    )
