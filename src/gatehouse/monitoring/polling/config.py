"""What to ask, of whom, and how: a file in YAML, JSON or TOML."""

from __future__ import annotations

import os
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from gatehouse.kernel.errors import UnreadableError

#: A secret that begins so is the name of a variable of the environment.
_ENVIRONMENT = "env:"
#: RFC 3414 clause 11.2.
_SHORTEST_PASSWORD = 8


class AuthProtocol(StrEnum):
    """RFC 3414 and RFC 7860."""

    MD5 = "md5"
    SHA = "sha"
    SHA224 = "sha224"
    SHA256 = "sha256"
    SHA384 = "sha384"
    SHA512 = "sha512"


class PrivProtocol(StrEnum):
    """RFC 3414, RFC 3826, and the longer keys that makers agreed on."""

    DES = "des"
    AES = "aes"
    AES192 = "aes192"
    AES256 = "aes256"


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Access(_Given):
    """How a device is spoken to: version 2c with a community, or version 3 with a user."""

    version: Literal["2c", "3"] = "2c"
    community: SecretStr = SecretStr("public")
    user: str = ""
    auth_protocol: AuthProtocol = AuthProtocol.SHA256
    auth_password: SecretStr | None = None
    priv_protocol: PrivProtocol = PrivProtocol.AES
    priv_password: SecretStr | None = None

    @model_validator(mode="before")
    @classmethod
    def _filled_in(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        named = {name: given[name] for name in ("community", "auth_password", "priv_password") if name in given}
        version = {"version": _version(given["version"])} if "version" in given else {}
        return {**given, **version, **{name: _secret(value) for name, value in named.items()}}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.version == "3" and not self.user:
            raise ValueError("version 3 needs a user")
        if self.priv_password is not None and self.auth_password is None:
            raise ValueError("privacy needs authentication: auth_password is missing")
        for password in (self.auth_password, self.priv_password):
            if password is not None and len(password.get_secret_value()) < _SHORTEST_PASSWORD:
                raise ValueError("a password of version 3 has at least 8 characters")
        return self


class Target(Access):
    """A device. `interfaces` are those that are watched, by ifIndex; none: that it answers is enough."""

    device: Annotated[str, Field(min_length=1, max_length=64)]
    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(ge=1, le=65535)] = 161
    interfaces: tuple[Annotated[int, Field(ge=1)], ...] = ()


class Polling(_Given):
    """The whole file. What stands in `defaults` counts for every target that does not say otherwise."""

    interval_s: Annotated[float, Field(gt=0)] = 30.0
    timeout_s: Annotated[float, Field(gt=0, le=60)] = 1.0
    retries: Annotated[int, Field(ge=0, le=5)] = 1
    concurrency: Annotated[int, Field(ge=1, le=4096)] = 256
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _with_defaults(cls, given: Any) -> Any:
        if not isinstance(given, dict) or not isinstance(given.get("targets"), list):
            return given
        defaults = given.get("defaults") or {}
        targets = [{**defaults, **each} if isinstance(each, dict) else each for each in given["targets"]]
        return {**{name: value for name, value in given.items() if name != "defaults"}, "targets": targets}

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: set[str] = set()
        for target in self.targets:
            if target.device in seen:
                msg = f"{target.device} stands there twice"
                raise ValueError(msg)
            seen.add(target.device)
        return self

    @classmethod
    def read(cls, path: Path) -> Self:
        """Raises `UnreadableError` with the place in the file and what is wrong there."""
        try:
            data = path.read_bytes()
            found = tomllib.loads(data.decode()) if path.suffix == ".toml" else yaml.load(data, _LOADER)  # noqa: S506
            return cls.model_validate(found)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"]) or "the file"
            said = first["msg"].removeprefix("Value error, ")
            raise UnreadableError("%(path)s: %(place)s: %(cause)s", path=str(path), place=place, cause=said) from error
        except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
            cause = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UnreadableError("%(path)s: %(cause)s", path=str(path), cause=" ".join(cause.split())) from error


_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _version(value: Any) -> Any:
    """2, "2", "2c", "v2c", 3, "v3": as people write it."""
    text = str(value).lower().removeprefix("v")
    return {"2": "2c"}.get(text, text)


def _secret(value: Any) -> Any:
    if not isinstance(value, str) or not value.startswith(_ENVIRONMENT):
        return value
    name = value.removeprefix(_ENVIRONMENT)
    if name not in os.environ:
        msg = f"the environment has no {name}"
        raise ValueError(msg)
    return os.environ[name]
