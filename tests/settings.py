"""The archive's own settings over a data folder of this test process's own."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="massline-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["MASSLINE_DATA"] = _data

from archive.settings import *  # noqa: E402, F403

# A test that logs in does not wait for a slow hash; nothing else differs from what runs.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
# WhiteNoise warns of a folder that is not there; collectstatic makes it where the site runs.
STATIC_ROOT.mkdir()  # noqa: F405
