"""Every setting of an installation, read once from THAMTHAN_* and refused loudly when wrong."""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlparse

from django.core.exceptions import ImproperlyConfigured


def text_setting(name: str, default: str) -> str:
    """A setting as text; NAME_FILE names a file that holds it, for secrets."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def switch_setting(name: str, *, default: bool) -> bool:
    word = text_setting(name, "1" if default else "0").lower()
    if word not in {"0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {word!r}")
    return word in {"1", "true", "yes"}


def number_setting(name: str, *, default: int, least: int = 1) -> int:
    word = text_setting(name, str(default))
    if not word.isascii() or not word.isdigit() or int(word) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {least}: {word!r}")
    return int(word)


def list_setting(name: str, default: str) -> list[str]:
    return [word.strip() for word in text_setting(name, default).split(",") if word.strip()]


def database_setting(url: str) -> dict[str, object]:
    """sqlite:///path, or postgresql://person:password@host:port/name (?host=/folder of a socket).

    An SQLite path is taken as it stands after the third slash: sqlite:////srv/thamthan.sqlite3.
    """
    parts = urlparse(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path.removeprefix("/")) or str(HOME / "thamthan.sqlite3"),
            # Writers queue at BEGIN instead of failing at their first write; readers never wait.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parse_qs(parts.query).get("host", [unquote(parts.hostname or "")])[0],
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"THAMTHAN_DATABASE_URL: neither sqlite nor postgresql: {url!r}")


def address_setting(name: str, default: str, *, schemes: set[str]) -> str:
    """An address of another machine, with one of these schemes; `null:` where nothing is there."""
    word = text_setting(name, default).rstrip("/")
    try:
        parts = urlparse(word)
        is_whole = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_whole = False
    if word and word != "null:" and not is_whole:
        # Not the value itself: it may hold a password.
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(sorted(schemes))}://host")
    return word


def secret_of(home: Path) -> str:
    """The signing secret: set, or made once and kept in the installation's own folder."""
    given = text_setting("THAMTHAN_SECRET_KEY", "")
    if given:
        return given
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text(encoding="utf-8").strip()
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="utf-8").strip()


PACKAGE = Path(__file__).resolve().parent
HOME = Path(text_setting("THAMTHAN_HOME", str(Path.home() / ".thamthan"))).resolve()

SECRET_KEY = secret_of(HOME)
DEBUG = switch_setting("THAMTHAN_DEBUG", default=False)
DEMO = switch_setting("THAMTHAN_DEMO", default=False)
ALLOWED_HOSTS = list_setting("THAMTHAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = list_setting("THAMTHAN_ORIGINS", "")
HTTPS = switch_setting("THAMTHAN_HTTPS", default=False)
MAX_FILE_BYTES = number_setting("THAMTHAN_MAX_FILE_MB", default=50) * 1024 * 1024
LOGIN_FAILURES = number_setting("THAMTHAN_LOGIN_FAILURES", default=5)
LOGIN_LOCK_MINUTES = number_setting("THAMTHAN_LOGIN_LOCK_MINUTES", default=15)
SESSION_HOURS = number_setting("THAMTHAN_SESSION_HOURS", default=10)
DAYS_PER_LEVEL = number_setting("THAMTHAN_DAYS_PER_LEVEL", default=3)
LEAST_DAYS_BELOW = number_setting("THAMTHAN_LEAST_DAYS_BELOW", default=3)
# Fewer people than this in one figure are not told to the public; none are.
PUBLIC_LEAST_PERSONS = number_setting("THAMTHAN_PUBLIC_LEAST_PERSONS", default=3)
OPEN_DATA_LICENCE = text_setting(
    "THAMTHAN_OPEN_DATA_LICENCE",
    "ใช้ แจกจ่าย และดัดแปลงได้โดยอ้างอิงที่มา (Creative Commons Attribution 4.0, CC BY 4.0)",
)
# Where the pages are found, for links in messages; without it a message has none.
SITE_URL = address_setting("THAMTHAN_SITE_URL", "", schemes={"http", "https"})
# `null:` takes every message and sends none: for development.
SMTP_URL = address_setting("THAMTHAN_SMTP_URL", "", schemes={"smtp", "smtps"})
MAIL_FROM = text_setting("THAMTHAN_MAIL_FROM", "")
if SMTP_URL not in {"", "null:"} and "@" not in MAIL_FROM:
    raise ImproperlyConfigured("THAMTHAN_SMTP_URL needs a sender in THAMTHAN_MAIL_FROM")
LINE_TOKEN = text_setting("THAMTHAN_LINE_TOKEN", "")
LINE_URL = address_setting("THAMTHAN_LINE_URL", "https://api.line.me", schemes={"http", "https"})
WEBHOOKS = switch_setting("THAMTHAN_WEBHOOKS", default=True)
WEBHOOKS_PRIVATE = switch_setting("THAMTHAN_WEBHOOKS_PRIVATE", default=False)
CHANNEL_SECONDS = number_setting("THAMTHAN_CHANNEL_SECONDS", default=10)

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "thamthan.records",
    "thamthan.organisations",
    "thamthan.letters",
    "thamthan.directives",
    "thamthan.projects",
    "thamthan.reports",
    "thamthan.notices",
    "thamthan.web",
    "thamthan.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "thamthan.web.middleware.content_policy",
    "thamthan.web.middleware.acting_post",
    "thamthan.web.middleware.refusals",
]

ROOT_URLCONF = "thamthan.urls"
WSGI_APPLICATION = "thamthan.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thamthan.web.surroundings.surroundings",
            ],
            "builtins": ["thamthan.web.templatetags.thai_tags"],
        },
    }
]

DATABASES = {"default": database_setting(text_setting("THAMTHAN_DATABASE_URL", "sqlite:///"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["login", "name", "email"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "log-in"
LOGIN_REDIRECT_URL = "desk"
SESSION_COOKIE_AGE = SESSION_HOURS * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "SAMEORIGIN"

LANGUAGE_CODE = "th"
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {
        "BACKEND": "thamthan.records.storage.WholeFileStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Pages drawn as pictures, some 200 kB each; may vanish at any time.
    "pictures": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(HOME / "pictures"),
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# A report with a few whole tables, every cell a field, where no JavaScript sends only what changed.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
FILE_UPLOAD_HANDLERS = [
    "thamthan.web.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"thamthan": {"level": "INFO"}},
}
