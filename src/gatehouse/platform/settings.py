"""Django's settings, made from `gatehouse.platform.config`: nothing here is set by hand for one machine."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from gatehouse.platform import postgres
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
    "gatehouse.watchlist.apps.WatchlistConfig",
    "gatehouse.border.apps.BorderConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

_database = dj_database_url.parse(_config.database_url or postgres.url(_config.state_dir))
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Django binds on its own side; statements of gatehouse.platform.database are prepared on the server.
        "OPTIONS": {**_database.get("OPTIONS", {}), "prepare_threshold": 0},
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

STATIC_URL = "/static/"

_secure = _config.mode is Mode.PRODUCTION
SESSION_COOKIE_AGE = 12 * 3600  # one long shift
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = "Strict"
SECURE_HSTS_SECONDS = 31536000 if _secure else 0
SECURE_SSL_REDIRECT = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
X_FRAME_OPTIONS = "DENY"
