"""The one settings module. Every environment variable is read through `env`, which fails with a clear message.

Two modes, by `MASSLINE_MODE`:

`local` (default)   for one machine: answers on loopback names only, keeps its own random secret in the data folder.
`production`        refuses to start without a secret, without host names, or with debug on.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_EXAMPLE = "change-me-to-fifty-or-more-random-characters"  # noqa: S105 - refused below
SECRET_LENGTH = 50


def env(name: str, default: str | None, read: Callable[[str], T], meaning: str) -> T:
    """The value of an environment variable, read by `read`; ImproperlyConfigured says what is wrong with it."""
    raw = os.environ.get(name) or default
    if raw is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}: {meaning}.")
    try:
        return read(raw)
    except ValueError as error:
        raise ImproperlyConfigured(f"The environment variable {name} is {raw!r}: {error}. It is {meaning}.") from None


def one_of(*choices: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw not in choices:
            raise ValueError(f"not one of {', '.join(choices)}")
        return raw

    return read


def boolean(raw: str) -> bool:
    return one_of("0", "1")(raw) == "1"


def names(raw: str) -> list[str]:
    return [name.strip() for name in raw.split(",") if name.strip()]


def site_address(raw: str) -> str:
    """Scheme and host, without a slash at the end; empty where each request says it."""
    address = raw.rstrip("/")
    if address and not re.fullmatch(r"https?://[^/\s]+", address):
        raise ValueError("not a scheme and a host")
    return address


def positive(raw: str) -> int:
    number = int(raw)
    if number <= 0:
        raise ValueError("not above 0")
    return number


def secret(raw: str) -> str:
    if len(raw) < SECRET_LENGTH or raw == SECRET_EXAMPLE:
        raise ValueError(f"the example value, or shorter than {SECRET_LENGTH} characters")
    return raw


def kept_secret(path: Path) -> str:
    """The random secret in `path`, made at the first start and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(SECRET_LENGTH))
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another process was first: its secret is the one
        finally:
            made.unlink()
    return path.read_text()


MODE = env("MASSLINE_MODE", "local", one_of("local", "production"), "local or production")
PRODUCTION = MODE == "production"
DATA_DIR = env("MASSLINE_DATA", str(BASE_DIR / "var"), lambda raw: Path(raw).resolve(), "the folder of all state")
DEBUG = env("MASSLINE_DEBUG", "0", boolean, "0 or 1")
SECRET_KEY = (
    env("MASSLINE_SECRET_KEY", None, secret, f"{SECRET_LENGTH} or more random characters")
    if PRODUCTION or "MASSLINE_SECRET_KEY" in os.environ
    else kept_secret(DATA_DIR / "secret_key")
)
ALLOWED_HOSTS = env(
    "MASSLINE_HOSTS",
    "" if PRODUCTION else "localhost,127.0.0.1,[::1]",
    names,
    "host names with commas between them",
)
SITE_ADDRESS = env(
    "MASSLINE_ADDRESS", "", site_address, "the address of the archive, like https://archive.example.org, or empty"
)
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS] if PRODUCTION else []
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("Production does not run with MASSLINE_DEBUG=1: unset it, or set MASSLINE_MODE=local.")
if PRODUCTION and (not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS):
    raise ImproperlyConfigured("Set MASSLINE_HOSTS to the names that the site answers to, e.g. archive.example.org.")

INSTALLED_APPS = [
    "archive.apps.ArchiveConfig",
    "haystack",
    "simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "archive.reader.middleware.content_security_policy",
    "archive.reader.middleware.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "archive.reader.language.asked_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "archive.urls"
WSGI_APPLICATION = "archive.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archive.reader.language.page_languages",
                "archive.reader.heads.page_head",
            ],
        },
    }
]

DATABASES = {
    "default": env(
        "DATABASE_URL",
        f"sqlite:///{DATA_DIR / 'massline.sqlite3'}",
        dj_database_url.parse,
        "like postgres://user:password@host:5432/name",
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes the lock when it begins: deferred transactions that upgrade later fail at once under load.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# In each process's own memory: numbers that pages show and the order of lists, see `archive.reader.kept`.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "numbers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "numbers",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    "lists": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "lists",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 24},
    },
    "concordances": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "concordances",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 24},
    },
}

INDEX_DIR = DATA_DIR / "index"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "archive.search.engine.ArchiveEngine", "PATH": str(INDEX_DIR)}}
HAYSTACK_LIMIT_TO_REGISTERED_MODELS = False

MEDIA_ROOT = DATA_DIR / "uploads"
UPLOAD_LIMIT = env("MASSLINE_UPLOAD_MB", "20", positive, "the largest upload in megabytes") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Without scripts many files come in one form; each is kept to UPLOAD_LIMIT.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_PERMISSIONS = 0o640

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "archive" / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_I18N = True
FORMAT_MODULE_PATH = "archive.locale"
TIME_ZONE = env("MASSLINE_TIME_ZONE", "UTC", str, "a time zone name like Asia/Shanghai")
USE_TZ = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# The same name and meaning as in Django 6, so that the middleware of our own can go then.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
if PRODUCTION:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # nginx on the same machine asks for the health page without TLS
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["console"],
        "level": env("MASSLINE_LOG_LEVEL", "INFO", one_of("DEBUG", "INFO", "WARNING", "ERROR"), "a level name"),
    },
}
