"""Lets every test import the helpers that stand in this folder, and keeps the user's cache out of the tests."""

import os

os.environ["RACEWISE_NO_CACHE"] = "1"
