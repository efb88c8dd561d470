"""Files that programs leave in folders and nobody wrote."""

from pathlib import PurePath

_FOLDERS = frozenset({"__macosx", "$recycle.bin", "system volume information", "lost+found"})
_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_BEGINNINGS = (".", "~$", "._")
_ENDINGS = (".tmp", ".crdownload", ".part", ".lock", "~")


def is_junk(path: PurePath) -> bool:
    """Return whether a relative path leads to something hidden, temporary or made by a system."""
    parts = [part.casefold() for part in path.parts]
    if any(part.startswith(".") or part in _FOLDERS for part in parts):
        return True
    last = parts[-1] if parts else ""
    return last in _FILES or last.startswith(_BEGINNINGS) or last.endswith(_ENDINGS)
