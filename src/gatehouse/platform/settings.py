"""Django's settings, made from `gatehouse.platform.config`: nothing here is set by hand for one machine."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from gatehouse.platform import mark, postgres
from gatehouse.platform.config import Mode, config
from gatehouse.platform.profile import profile

_config = config()
_package = Path(__file__).resolve().parents[1]

SECRET_KEY = _config.signing_key()
DEBUG = _config.debug
ALLOWED_HOSTS = [host.strip() for host in _config.hosts.split(",")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gatehouse.platform.apps.PlatformConfig",
    "gatehouse.audit.apps.AuditConfig",
    "gatehouse.travellers.apps.TravellersConfig",
    "gatehouse.monitoring.apps.MonitoringConfig",
    "gatehouse.watchlist.apps.WatchlistConfig",
    "gatehouse.border.apps.BorderConfig",
    "gatehouse.security.apps.SecurityConfig",
    "gatehouse.performance.apps.PerformanceConfig",
    "gatehouse.web.apps.WebConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gatehouse.web.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gatehouse.web.middleware.narrowed_roles",
    "gatehouse.web.middleware.idle_session",
    "gatehouse.web.middleware.own_password",
    "gatehouse.web.passkeys.mandatory.PasskeyMiddleware",
    "gatehouse.web.permissions.PermissionMiddleware",
]

ROOT_URLCONF = "gatehouse.cli.urls"
WSGI_APPLICATION = "gatehouse.cli.wsgi.application"
LOGIN_URL = "sign_in"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_package / "web"],  # a template stands beside its view
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gatehouse.web.frame.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "gatehouse.web.templatetags.gatehouse",
            ],
        },
    }
]

_database = dj_database_url.parse(_config.database_url or postgres.url(_config.state_dir))
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Django binds on its own side; statements of gatehouse.platform.database are prepared on the server.
        "OPTIONS": mark.options(_database.get("OPTIONS", {}), _config.mode) | {"prepare_threshold": 0},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "platform.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = profile().agency.languages[0]
LANGUAGES = [(code, name) for code, name in (("zh-hant", _("Traditional Chinese")), ("en", _("English")))]
LOCALE_PATHS = [_package / "locale"]
USE_TZ = True
TIME_ZONE = profile().agency.time_zone

_secure = _config.mode is Mode.PRODUCTION

STATIC_URL = "/static/"
STATIC_ROOT = _config.state_dir / "static" if _secure else None
WHITENOISE_USE_FINDERS = not _secure  # production serves what `collectstatic` gathered, under names with digests
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept as a file
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _secure
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
#: Where an idle console asks for the next traveller: the dotted path of a `gatehouse.web.console.readers.Reader`.
#: Empty where documents come from the desk's own reader or by hand.
DOCUMENT_READER = {
    Mode.DEMO: "gatehouse.simulation.reader.Reader",
    Mode.TRAINING: "gatehouse.simulation.training.loading.TrainingReader",
}.get(_config.mode, "")
#: A form with the files of one chip. The files of a larger one are read past, and the form says so.
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 2**20
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # never on a disk

SESSION_COOKIE_AGE = 12 * 3600  # one long shift
SESSION_IDLE_SECONDS = 30 * 60  # NIST SP 800-63B, clause 4.2.3 (AAL2)
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
#: The prefix has browsers refuse the cookie without TLS, from another host or for a part of the paths (RFC 6265bis).
COOKIE_PREFIX = "__Host-" if _secure else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}session", f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME, THEME_COOKIE_NAME = f"{COOKIE_PREFIX}language", f"{COOKIE_PREFIX}theme"
LANGUAGE_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SECURE_HSTS_SECONDS = 31536000 if _secure else 0
SECURE_SSL_REDIRECT = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "DENY"
