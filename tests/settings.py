"""The settings of the tests: test mode, and the state of the project's own folder."""

import os
from pathlib import Path

os.environ["GATEHOUSE_MODE"] = "test"
os.environ.setdefault("GATEHOUSE_STATE", str(Path(__file__).resolve().parents[1] / ".state" / "test"))

from gatehouse.platform.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
