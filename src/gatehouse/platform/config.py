"""Every setting of the program, typed, from the environment (`GATEHOUSE_…` and `DATABASE_URL`).

Demo and test have keys and a database of their own making; production has to be given each of them.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from gatehouse.device.desk_ticket import AGENT_PORT
from gatehouse.kernel.errors import UnreadableError
from gatehouse.platform.permissions import Role

#: What marks the keys and folders that demo and test make for themselves: production starts with none of them.
_DEMO_KEY = "demo-"
_DEMO_MARK = "made-by-demo"
_TRAINING_MARK = "made-by-training"
#: Ends the name of the audit log of a training, whatever the settings call it: it is no other's.
_TRAINING_ORIGIN = "/training"
#: Keys and secrets of the agency's own. Training is given none of them, and makes what it needs.
_REAL_KEYS = (
    "secret_key",
    "audit_key_file",
    "audit_checkpoint_dir",
    "biometrics_key_file",
    "bundle_key_file",
    "device_ca_file",
    "device_ca_key_file",
    "notice_key_file",
    "oidc_client_secret_file",
)
#: Characters of base64 that 32 random bytes have.
_LEAST_SECRET = 43


class Mode(StrEnum):
    PRODUCTION = "production"
    DEMO = "demo"
    #: People learn on it. Nothing of it can reach the agency's own ledger: `gatehouse.platform.mark`.
    TRAINING = "training"
    TEST = "test"


class DeviceTls(StrEnum):
    OFF = "off"
    #: A request of a device without its certificate is refused. The proxy that ends TLS says which one was shown.
    REQUIRED = "required"


class AgencySettings(BaseSettings):
    """What a command needs that opens no store: it asks for no key and no database."""

    model_config = SettingsConfigDict(env_prefix="GATEHOUSE_", extra="ignore")

    #: The profile of the agency: the name of a shipped one, or the path of a folder.
    profile: str = "tw"


class Config(AgencySettings):
    """The settings. An attribute `name` is read from `GATEHOUSE_NAME`."""

    mode: Mode = Mode.PRODUCTION
    #: Shows tracebacks in the browser. Refused in production.
    debug: bool = False
    #: Where this installation keeps what is its own: keys, checkpoints, the embedded server's address.
    state: Path = Path(".state")
    secret_key: SecretStr | None = None
    #: Host names under which the screens are served, separated by commas.
    hosts: str = "127.0.0.1,localhost"
    #: The port on 127.0.0.1 where the agent of a desk listens, in the settings of all desks alike.
    agent_port: int = Field(default=AGENT_PORT, ge=1, le=65535)
    #: A PostgreSQL 15 to 18. Without it demo and test start a server of their own.
    database_url: str | None = Field(
        default=None, validation_alias=AliasChoices("DATABASE_URL", "GATEHOUSE_DATABASE_URL")
    )
    #: The audit log's name in its checkpoints: a name of the agency's own, without spaces, that never changes.
    audit_origin: str = "gatehouse.invalid/audit"
    #: The private key (Ed25519, PEM) that signs the audit log's checkpoints.
    audit_key_file: Path | None = None
    #: Where the checkpoints are kept: a place that whoever runs the database cannot write to.
    audit_checkpoint_dir: Path | None = None
    #: A random secret of at least 43 characters: from it follows the key that wraps the keys of persons' biometrics.
    biometrics_key_file: Path | None = None
    #: The folder of the models that compare faces (`engine.yaml` and what it names). Demo has one that is built in.
    face_engine: Path | None = None
    #: How often two different people may match at most; 0.001 is the most that BSI TR-03121-3 allows. Demo: 0.05.
    face_false_match_rate: float | None = Field(default=None, gt=0, lt=1)
    #: What compares fingerprints: `module:attribute` of an installed package. None where nothing does.
    fingerprint_engine: str | None = Field(default=None, pattern=r"^[\w.]+:\w+$")

    #: Roles, separated by commas, whose holders work with a passkey or not at all: `supervisor,security_auditor`.
    passkey_roles: str = ""
    #: For how many minutes a proof of who sits there is good for what must not happen at a desk that was left open.
    fresh_minutes: int = Field(default=10, ge=1, le=720)

    #: The agency's own sign-on (OpenID Connect): its issuer, as it names itself. Without one there is none.
    oidc_issuer: str | None = Field(default=None, max_length=255)
    oidc_client_id: str = ""
    oidc_client_secret_file: Path | None = None
    #: The claim of the ID token that names the account, the first time that its person comes.
    oidc_account_claim: str = "preferred_username"
    #: The claim that names a person's groups, and the role that each stands for. A session has no role beyond these.
    oidc_roles_claim: str | None = None
    oidc_roles: dict[str, Role] = Field(default_factory=dict)
    #: Make an account, without any role, for whom the sign-on let in and nobody knows here.
    oidc_create_accounts: bool = False

    #: The mail server for notices of incidents, as `host:port`; STARTTLS where it offers it. None sends no mail.
    mail_server: str = Field(default="", pattern=r"^$|^[^\s:]+:\d{1,5}$")
    mail_from: str = "gatehouse@localhost"
    #: The secret that signs webhooks of notices (HMAC-SHA256); None signs none.
    notice_key_file: Path | None = None

    #: What Prometheus shows to read `/metrics`. Without one there is no such page.
    metrics_token: SecretStr | None = Field(default=None, min_length=32)
    #: The private key (Ed25519, PEM) that signs the bundles with which devices work without the centre.
    bundle_key_file: Path | None = None

    #: Whether devices show certificates of the house's own authority, beside their tokens.
    device_tls: DeviceTls = DeviceTls.OFF
    #: The secret, of at least 43 characters, that the proxy sends with each certificate that it saw.
    proxy_key_file: Path | None = None
    device_ca_file: Path | None = None
    device_ca_key_file: Path | None = None
    #: How long a certificate of a device holds. The device renews it when a third of that is left.
    device_certificate_hours: int = Field(default=72, ge=1, le=720)

    @field_validator("passkey_roles")
    @classmethod
    def _roles_that_are(cls, text: str) -> str:
        for name in filter(None, map(str.strip, text.split(","))):
            Role(name)  # raises ValueError, which names it
        return text

    @field_validator("database_url")
    @classmethod
    def _of_postgresql(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("postgresql://", "postgres://")):
            raise ValueError("it has the form postgresql://user:password@host:port/name")
        return url

    @model_validator(mode="after")
    def _sign_on_is_whole(self) -> Config:
        if self.oidc_issuer is None:
            return self
        if not self.oidc_client_id or self.oidc_client_secret_file is None:
            raise ValueError(
                "GATEHOUSE_OIDC_ISSUER needs GATEHOUSE_OIDC_CLIENT_ID and GATEHOUSE_OIDC_CLIENT_SECRET_FILE"
            )
        here = ("http://127.0.0.1:", "http://localhost:") if self.mode is not Mode.PRODUCTION else ()
        if not self.oidc_issuer.startswith(("https://", *here)):
            raise ValueError("GATEHOUSE_OIDC_ISSUER begins with https://")
        if (self.oidc_roles_claim is None) != (not self.oidc_roles):
            raise ValueError("GATEHOUSE_OIDC_ROLES_CLAIM and GATEHOUSE_OIDC_ROLES go together")
        return self

    @model_validator(mode="after")
    def _training_stands_apart(self) -> Config:
        if self.mode is not Mode.TRAINING:
            if (self.state / _TRAINING_MARK).exists():
                msg = f"{self.state} was made by a training: every other mode needs a folder of its own"
                raise ValueError(msg)
            return self
        given = [name for name in _REAL_KEYS if getattr(self, name) is not None]
        if given:
            msg = f"GATEHOUSE_{given[0].upper()} may not be given in training: it makes keys of its own"
            raise ValueError(msg)
        if "state" not in self.model_fields_set:
            self.state = Path(".state-training")
        if self.state.is_dir() and any(self.state.iterdir()) and not (self.state / _TRAINING_MARK).exists():
            msg = f"{self.state} holds what no training made: training needs a folder of its own"
            raise ValueError(msg)
        if not self.audit_origin.endswith(_TRAINING_ORIGIN):
            self.audit_origin += _TRAINING_ORIGIN
        return self

    @model_validator(mode="after")
    def _certificates_come_by_the_proxy(self) -> Config:
        if self.device_tls is DeviceTls.REQUIRED and self.proxy_key_file is None:
            raise ValueError("GATEHOUSE_DEVICE_TLS=required needs GATEHOUSE_PROXY_KEY_FILE")
        return self

    @model_validator(mode="after")
    def _refuse_the_unsafe(self) -> Config:
        if self.mode is not Mode.PRODUCTION:
            return self
        if self.debug:
            raise ValueError("GATEHOUSE_DEBUG may not be on in production")
        if self.secret_key is None or len(self.secret_key.get_secret_value()) < 50:
            raise ValueError("production needs GATEHOUSE_SECRET_KEY with at least 50 characters")
        if self.database_url is None:
            raise ValueError("production needs DATABASE_URL; the embedded server is for demo and test")
        if self.audit_key_file is None or self.audit_checkpoint_dir is None:
            raise ValueError("production needs GATEHOUSE_AUDIT_KEY_FILE and GATEHOUSE_AUDIT_CHECKPOINT_DIR")
        if self.biometrics_key_file is None:
            raise ValueError("production needs GATEHOUSE_BIOMETRICS_KEY_FILE")
        if self.secret_key.get_secret_value().startswith(_DEMO_KEY):
            raise ValueError("GATEHOUSE_SECRET_KEY is one that a demo made for itself: production needs its own")
        kept_in = (self.audit_key_file.parent, self.audit_checkpoint_dir, self.biometrics_key_file.parent)
        for folder in (self.state, *kept_in):
            for mark, by in ((_DEMO_MARK, "demo"), (_TRAINING_MARK, "training")):
                if (folder / mark).exists():
                    msg = f"{folder} was made by a {by}: production needs keys and folders of its own"
                    raise ValueError(msg)
        return self

    @property
    def roles_with_passkeys(self) -> frozenset[Role]:
        return frozenset(Role(name) for name in filter(None, map(str.strip, self.passkey_roles.split(","))))

    def oidc_secret(self) -> str:
        """By which secret the agency's sign-on knows this house. Raises `UnreadableError` for a file without one."""
        assert self.oidc_client_secret_file is not None  # noqa: S101 (the settings are refused otherwise)
        try:
            secret = self.oidc_client_secret_file.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableError(
                "settings: the secret of the agency's sign-on cannot be read: %(cause)s", cause=str(error)
            ) from error
        if not secret:
            raise UnreadableError("settings: the file of the sign-on's secret is empty")
        return secret

    def notice_secret(self) -> str:
        """The secret that signs webhooks, empty without one. Raises `UnreadableError` for a file that has none."""
        return _secret_in(self.notice_key_file, "GATEHOUSE_NOTICE_KEY_FILE") if self.notice_key_file else ""

    def proxy_secret(self) -> str:
        """By which the proxy proves that a header is its own. Raises `UnreadableError` for a file without one."""
        assert self.proxy_key_file is not None  # noqa: S101 (the settings are refused otherwise)
        return _secret_in(self.proxy_key_file, "GATEHOUSE_PROXY_KEY_FILE")

    @property
    def audit_key(self) -> Path:
        return self.audit_key_file or self.state_dir / "audit-key.pem"

    @property
    def bundle_key(self) -> Path:
        return self.bundle_key_file or self.state_dir / "bundle-key.pem"

    @property
    def device_ca(self) -> Path:
        return self.device_ca_file or self.state_dir / "device-ca.pem"

    @property
    def device_ca_key(self) -> Path:
        return self.device_ca_key_file or self.state_dir / "device-ca-key.pem"

    @property
    def audit_kept(self) -> Path:
        return self.audit_checkpoint_dir or self.state_dir / "audit-checkpoints"

    def biometrics_secret(self) -> str:
        """The secret behind every key of a person's biometrics. Raises `UnreadableError` for a file that has none."""
        if self.biometrics_key_file is None:
            return kept_secret(self.state_dir / "biometrics-key")
        try:
            secret = self.biometrics_key_file.read_text().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableError(
                "settings: the key of biometrics cannot be read: %(cause)s", cause=str(error)
            ) from error
        if len(secret) < _LEAST_SECRET:
            raise UnreadableError(
                "settings: the key of biometrics has fewer than %(least)d characters", least=_LEAST_SECRET
            )
        return secret

    @property
    def state_dir(self) -> Path:
        """The folder of this installation's own things, made with access for its owner only."""
        folder = self.state.absolute()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.mode is not Mode.PRODUCTION:
            (folder / (_TRAINING_MARK if self.mode is Mode.TRAINING else _DEMO_MARK)).touch()
        return folder

    def signing_key(self) -> str:
        """The key that signs sessions: as given, or one that this demo made for itself."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        return _DEMO_KEY + kept_secret(self.state_dir / "secret-key")


def _secret_in(file: Path, setting: str) -> str:
    try:
        secret = file.read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            "settings: the file of %(setting)s cannot be read: %(cause)s", setting=setting, cause=str(error)
        ) from error
    if len(secret) < _LEAST_SECRET:
        raise UnreadableError(
            "settings: the secret of %(setting)s has fewer than %(least)d characters",
            setting=setting,
            least=_LEAST_SECRET,
        )
    return secret


def kept_secret(path: Path) -> str:
    """A random secret that is made once, readable by its owner alone, and the same from then on."""
    if not path.exists():
        # Written whole before it has its name: a second process at the same moment finds either nothing or all of it.
        with NamedTemporaryFile("w", dir=path.parent) as fresh:  # made with mode 0600
            fresh.write(secrets.token_urlsafe(48))
            fresh.flush()
            with suppress(FileExistsError):
                os.link(fresh.name, path)
    return path.read_text()


@cache
def config() -> Config:
    """The settings as the environment gives them. Raises `UnreadableError` with what to set where one is wrong."""
    try:
        return Config()
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        said = first["msg"].removeprefix("Value error, ")
        if "GATEHOUSE_MODE" not in os.environ:
            said += " (with GATEHOUSE_MODE=demo it makes its own)"
        raise UnreadableError("settings: %(said)s", said=f"{where}: {said}" if where else said) from error
