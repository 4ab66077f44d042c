"""Settings for real use; ``demo`` and ``test`` start from these and say what they change.

Everything a deployment chooses comes from the environment:
WHATMATTERS_HOME      folder for the database, keys and anchors (default: ``var`` in the checkout)
WHATMATTERS_DATABASE  a database address, as postgres://user:password@host/name (default: SQLite in the home)
WHATMATTERS_HOSTS     the host names it answers to, separated by commas (default: localhost)
WHATMATTERS_ADDRESS   where it is found, for links in letters (default: https:// and the first of its hosts)
WHATMATTERS_EMAIL     an SMTP address, as smtp://user:password@host:587 (default: messages are written to the home)
WHATMATTERS_BOUNCES   where mail servers report what did not arrive, as bounces@host (default: no-reply's own address);
                      docs/letters.md says how to point it at ``./whatmatters bounced``
"""

import os
import re
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

HOME = Path(os.environ.get("WHATMATTERS_HOME", Path(__file__).parents[4] / "var")).absolute()
HOME.mkdir(parents=True, exist_ok=True, mode=0o700)


def kept(name: str) -> str:
    """A secret made once and kept in the home, outside the database."""
    path = HOME / name
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text("ascii")


SECRET_KEY = kept("secret-key")
AUDIT_KEY = kept("audit-key").encode()
AUDIT_ANCHORS = HOME / "audit-anchors.log"

DEBUG = False
ALLOWED_HOSTS = os.environ.get("WHATMATTERS_HOSTS", "localhost,127.0.0.1").split(",")
ADDRESS = os.environ.get("WHATMATTERS_ADDRESS", f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

ROOMS = [
    f"whatmatters.{room}"
    for room in (
        "letters", "organisations", "access", "people", "events", "directory", "workforce",
        "components.care_planning", "components.shared_decision_making", "components.social_prescribing", "programme",
    )
]  # fmt: skip
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "whatmatters.web",
    *ROOMS,
    "whatmatters.record",
    "whatmatters.dashboard",
    "whatmatters.config",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whatmatters.access.middleware.session_limits",
    "whatmatters.access.middleware.second_factor",
    "whatmatters.access.middleware.default_deny",
    "whatmatters.access.middleware.no_store",
    "axes.middleware.AxesMiddleware",
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # "Saved": works without an account too
CSRF_FAILURE_VIEW = "whatmatters.web.errors.page_too_old"
ROOT_URLCONF = "whatmatters.config.urls"
SECOND_FACTOR = True  # staff outside the demo; people cared for and their representatives may choose one

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("WHATMATTERS_DATABASE", f"sqlite:///{HOME / 'whatmatters.sqlite3'}"),
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # An acknowledged save must be on the disk: under NORMAL a power cut loses it (see config/durability.py).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        "timeout": 20,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}]
LOGIN_URL = "sign-in"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "whatmatters.access.sign_in.locked_out"
AXES_USERNAME_CALLABLE = "whatmatters.access.sign_in.guessed_name"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a guesser could keep the owner out for ever
AXES_DISABLE_ACCESS_LOG = True  # the audit chain has it
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "email", "ip_address"]
AXES_VERBOSE = False

SESSION_IDLE, SESSION_LONGEST = 15 * 60, 12 * 60 * 60  # seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # a browser's preload list is the owner's of the domain to ask for
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE], "script-src": [SELF, NONCE], "style-src": [SELF], "img-src": [SELF, "data:"],
        "font-src": [SELF], "connect-src": [SELF], "form-action": [SELF], "base-uri": [NONE], "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}  # fmt: skip

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,  # each room keeps its pages in ``jinja2/<room>/``
        "OPTIONS": {
            "environment": "whatmatters.web.jinja.environment",
            "context_processors": ["whatmatters.config.navigation.navigation"],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whatmatters.web.storage.StaticFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000  # a page's form; files have their own way in
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True

TRAJECTORIES: list[Path] = []  # files of an ICB's own agreed trajectory, besides those the programme ships

DEFAULT_FROM_EMAIL = f"no-reply@{ALLOWED_HOSTS[0]}"
BOUNCES = os.environ.get("WHATMATTERS_BOUNCES", "")
if BOUNCES and not re.fullmatch(r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]+", BOUNCES):
    raise ImproperlyConfigured("WHATMATTERS_BOUNCES is no plain address: write it like bounces@example.nhs.uk")
if "WHATMATTERS_EMAIL" in os.environ:
    _mail = urlsplit(os.environ["WHATMATTERS_EMAIL"])
    EMAIL_HOST, EMAIL_PORT = _mail.hostname or "localhost", _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_TLS = _mail.username or "", _mail.password or "", True
else:
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", HOME / "messages"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {"()": "whatmatters.config.logs.WithoutWords", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
