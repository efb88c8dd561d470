"""The folder where this software keeps what it can make again: models, mostly."""

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Return the user's cache folder for phaen; it need not exist yet.

    `PHAEN_CACHE` names it; else it is where the platform keeps caches.
    """
    if chosen := os.environ.get("PHAEN_CACHE"):
        return Path(chosen).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "phaen"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return (Path(local) if local else Path.home() / "AppData" / "Local") / "phaen" / "Cache"
    xdg = os.environ.get("XDG_CACHE_HOME")
    return (Path(xdg) if xdg else Path.home() / ".cache") / "phaen"
