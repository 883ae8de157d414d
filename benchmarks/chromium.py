"""Which Chromium the walks, the pictures and the tests use."""

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("MASH_CHROMIUM") or next(
    filter(None, map(shutil.which, NAMES)), "chromium"
)
"""The one that draws no windows comes first: it is quicker, and shows the same pages."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
"""What keeps it from doing anything but showing pages."""
