"""The settings of a test run: a home that goes with it, quick passwords, work done at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="thamthan-tests-")
# Where static files would be collected; the web server warns of a folder that is not there.
Path(_HOME, "static").mkdir()
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["THAMTHAN_HOME"] = _HOME
for _name in (
    *("THAMTHAN_DEMO", "THAMTHAN_DEBUG", "THAMTHAN_HTTPS", "THAMTHAN_HOSTS", "THAMTHAN_SITE_URL"),
    *("THAMTHAN_SMTP_URL", "THAMTHAN_LINE_TOKEN", "THAMTHAN_LINE_URL", "THAMTHAN_WEBHOOKS"),
    "THAMTHAN_WEBHOOKS_PRIVATE",
):
    # What the developer's own installation is set to says nothing about the tests'.
    os.environ.pop(_name, None)

from thamthan.settings import *  # noqa: E402, F403 – after the home is set
from thamthan.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default"],
    }
}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory, so that several connections can meet in it as they do in life.
    DATABASES["default"]["TEST"] = {"NAME": f"{_HOME}/test.sqlite3"}
