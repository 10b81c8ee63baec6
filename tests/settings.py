"""The product's settings as the tests run it: a database, a broker and a folder for each test process alone."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import *  # noqa: F403
from config.settings import DATABASES, REDIS_URL, STORAGES, VAR_DIR, env

_worker = env.str("PYTEST_XDIST_WORKER", default="gw")
_run = env.str("PYTEST_XDIST_TESTRUNUID", default=str(os.getpid()))
# Named in the environment of the processes that a test starts, so that they work beside it.
TEST_DIR = Path(env.str("TEST_DIR", default=str(VAR_DIR / "test" / f"{_run}-{_worker}")))
TEST_DIR.mkdir(parents=True, exist_ok=True)

BROKER_DIR = TEST_DIR / "broker"
CLOCK_SHIFT_FILE = str(TEST_DIR / "clock-shift")
EMAIL_FILE_PATH = TEST_DIR / "mail"
STORAGES["evidence"]["OPTIONS"]["location"] = TEST_DIR / "evidence"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many people sign in; none of them is real
WHITENOISE_AUTOREFRESH = True  # each test client would look through every static file first

if "sqlite" in DATABASES["default"]["ENGINE"]:
    # A file, because threads must meet as they do in an installation; it need not survive a power cut.
    DATABASES["default"]["TEST"] = {"NAME": str(TEST_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
elif owner_url := env.str("MIGRATION_DATABASE_URL", default=""):
    # The suite makes and empties its databases itself; what it starts signs in as the application does.
    _owner = urlsplit(owner_url)
    DATABASES["default"] |= {"USER": _owner.username or "", "PASSWORD": _owner.password or ""}

if REDIS_URL:
    _number = int(_worker.removeprefix("gw") or -1) + 1
    REDIS_URL = urlsplit(REDIS_URL)._replace(path=f"/{_number}").geturl()
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
