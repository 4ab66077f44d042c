"""What the tests run on: production's settings with a throw-away home, fast passwords and no collected static files."""

import os
import tempfile

_home = tempfile.TemporaryDirectory(prefix="whatmatters-test-")
os.environ["WHATMATTERS_HOME"] = _home.name

from whatmatters.config.settings.production import *  # noqa: E402,F403  # the home is named first
from whatmatters.config.settings.production import DATABASES, HOME, INSTALLED_APPS, STATIC_ROOT  # noqa: E402  # the home is named first

INSTALLED_APPS = [*INSTALLED_APPS, "whatmatters.demo"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real use: in memory, the browser tests' server would share one connection with the test itself.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SECURE_SSL_REDIRECT = False  # the test client speaks plain http
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
