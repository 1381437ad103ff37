"""The log of one inspection as typed data. It is what JSON and XML both hold, and nothing beside."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from gatehouse.documents.inspectionlog.names import Domain
from gatehouse.documents.inspectionlog.profiles import LoggingProfile
from gatehouse.documents.inspectionlog.scenarios import Scenario
from gatehouse.kernel.errors import UnreadableError
from gatehouse.kernel.results import Result

#: Of this form of the log; another number where a reader of this one would misread it.
VERSION = 1
Milliseconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class ProcessState(StrEnum):
    """How far a checking process came (TR-03135-1 clause 3.5.1). An aborted one is evidence of nothing."""

    INITIATED = "initiated"
    RUNNING = "running"
    TERMINATED = "terminated"
    ABORTED = "aborted"

    @classmethod
    def of(cls, result: Result | None) -> ProcessState:
        if result is None:
            return cls.INITIATED
        return cls.ABORTED if result is Result.ABORTED else cls.TERMINATED


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_bytes="base64", val_json_bytes="base64")


class Component(Strict):
    """Hardware or software that took part: "application", "agent", "optical", "chip", "cryptography"."""

    role: str
    name: str
    version: str = ""


class UsedList(Strict):
    """A list or policy that checks rest on, by the SHA-256 of its bytes (TR-03135-2 section 4.2.8: UsedLists)."""

    kind: str
    name: str
    issued: date | None = None
    sha256: str


class Signature(Strict):
    """Who signed, and with what. Certificates name authorities, never a holder."""

    country: str | None = None
    subject: str
    serial: str
    issuer: str = ""
    csca_subject: str = ""
    csca_serial: str = ""
    algorithms: dict[str, str] = {}


class DocumentFacts(Strict):
    """What is known of the document and is true of thousands of others."""

    type: str = ""
    issuing_state: str = ""
    #: TD1, TD2, TD3, MRV-A, MRV-B; "VDS" or "VDS-NC" for a seal alone.
    format: str = ""
    #: As "PACE-ECDH-GM-AES-CBC-CMAC-128/MRZ", "BAC", "none"; empty where no chip was opened.
    access: str = ""
    signature: Signature | None = None
    #: Data group -> "identical", "not identical" or "not listed" (table 5.42; what nobody signed has no place there).
    data_groups: dict[str, str] = {}


class LoggedEvent(Strict):
    """Something that happened while the chip was read, as the fall from PACE to BAC."""

    name: str
    at_ms: Milliseconds
    code: int | None = None


class LoggedCheck(Strict):
    """One check. `result` is None where the scenario asks for it and nobody began it."""

    id: str
    domain: Domain
    clause: str
    title: str
    #: Where the guideline has no such check: what asks for it.
    instead: str = ""
    state: ProcessState
    result: Result | None = None
    #: m, o or e by the scenario (table 4.1).
    obligation: str = ""
    reason: str = ""
    duration_ms: Milliseconds | None = None
    error: int | None = None
    #: The data elements or data groups in which it failed, by name.
    differing: tuple[str, ...] = ()
    #: Extended nodes that the guideline's profile would add here.
    withheld: tuple[str, ...] = ()


class GroupResult(Strict):
    """A result that follows from checks, by the table of its clause."""

    domain: Domain
    clause: str
    title: str
    result: Result


class Overall(Strict):
    """The result by table 5.2 beside the verdict of the house. `stricter`: "house", "guideline" or ""."""

    guideline: Result
    house: Result
    stricter: str = ""


class KnownDefect(Strict):
    """Of a defect list (TR-03129-2 section 7): its object identifier and its parameter."""

    oid: str
    parameter: str = ""


class ExtendedNode(Strict):
    """What names a person, or could: only in the profiles that hold it. Under the guideline's name of the node."""

    node: str
    name: str
    text: str = ""
    data: bytes = Field(default=b"", repr=False)


class InspectionLog(Strict):
    version: int = VERSION
    profile: LoggingProfile
    #: Of a log that may name a person: for what it does.
    purpose: str = ""
    transaction: UUID
    state: ProcessState
    scenario: Scenario
    #: Port and lane, or the reader; and "entry", "exit", "transit" where that is known.
    location: str = ""
    environment: str = ""
    read_at: AwareDatetime | None = None
    checked_at: AwareDatetime
    components: tuple[Component, ...] = ()
    used_lists: tuple[UsedList, ...] = ()
    document: DocumentFacts = DocumentFacts()
    #: Step -> milliseconds, as reader or desk counted them; what nobody counted is not there.
    timings_ms: dict[str, Milliseconds] = {}
    events: tuple[LoggedEvent, ...] = ()
    checks: tuple[LoggedCheck, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    overall: Overall
    defects: tuple[KnownDefect, ...] = ()
    extended: tuple[ExtendedNode, ...] = ()

    @property
    def error_code(self) -> int:
        """The first of the checks; 0 where there was no error (TR-03135-3 section 8.4.9)."""
        return next((check.error for check in self.checks if check.error is not None), 0)

    def check(self, id: str) -> LoggedCheck:
        """The check of that id. Raises `KeyError`."""
        return {check.id: check for check in self.checks}[id]

    def as_json(self) -> str:
        """One JSON document, always the same for the same log."""
        return self.model_dump_json(indent=2)

    @classmethod
    def of_json(cls, text: str | bytes) -> InspectionLog:
        """Raises `UnreadableError`, which says where it is wrong."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise UnreadableError(
                "the log of an inspection cannot be read: %(place)s: %(cause)s", place=place, cause=first["msg"]
            ) from error
