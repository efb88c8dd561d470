"""What a process that reads other people's files gives up before it opens one.

New privileges, all of the disk but the software, the file and a temporary folder, sockets,
other processes. Each step is taken where the system has it; what could be taken is known.
"""

from __future__ import annotations

import contextlib
import mimetypes
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.sandbox import landlock, seccomp

_ROOT = Path(__file__).resolve().parent.parent.parent
_OURS = ("ingest", "kb", "api", "corpora")
_SOFTWARE = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/bin",
    "/sbin",
    "/nix/store",
    "/gnu/store",
    "/home/linuxbrew/.linuxbrew",
    "/opt/libreoffice",
    "/etc/fonts",
    "/etc/libreoffice",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/localtime",
    "/etc/nsswitch.conf",
    "/etc/papersize",
    "/etc/ssl/openssl.cnf",
    "/var/cache/fontconfig",
    "/sys/devices/system/cpu",
    "/proc/self",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/filesystems",
    "/proc/sys/vm/overcommit_memory",
    "/dev/zero",
    "/dev/random",
    "/dev/urandom",
)
"""What programs and fonts need on Linux; nobody's documents lie there."""
_PROGRAMS = ("pdftotext", "tesseract", "soffice", "libreoffice")

ENVIRONMENT = (
    "PATH",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONUTF8",
    "LD_LIBRARY_PATH",
    "TESSDATA_PREFIX",
    "SYSTEMROOT",
    "WINDIR",
    "COMSPEC",
    "PATHEXT",
    "NUMBER_OF_PROCESSORS",
)
"""The variables a reading process sees of its environment; it has no use for others."""


@dataclass(frozen=True, slots=True)
class Confinement:
    """What holds for a process: a step that the system has not is False.

    `landlock` is the version that holds, 0 for none.
    """

    no_new_privileges: bool = False
    landlock: int = 0
    system_calls: bool = False


def confine(reads: Iterable[Path] = (), writes: Iterable[Path] = ()) -> Confinement:
    """Give up all but reading the files `reads` and working in the folders `writes`.

    Nothing can be given back. Call it in a process of one thread.
    """
    privileges, version, calls = False, 0, False
    if sys.platform != "linux":
        return Confinement()
    allowed = [*_allowed(reads, writes)]
    with contextlib.suppress(OSError):
        seccomp.give_up_privileges()
        privileges = True
    with contextlib.suppress(OSError):
        version = landlock.restrict(allowed)
    with contextlib.suppress(OSError):
        seccomp.restrict()
        calls = True
    return Confinement(privileges, version, calls)


def _allowed(reads: Iterable[Path], writes: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    for path in software():
        yield path, landlock.READ
    yield Path("/dev/null"), landlock.WRITE
    for path in reads:
        yield path, landlock.READ_FILE
    for path in writes:
        yield path, landlock.WRITE


@cache
def software() -> frozenset[Path]:
    """List where Python, its packages, programs, libraries and fonts lie."""
    places = {Path(item) for item in (*_SOFTWARE, sys.prefix, sys.base_prefix, sys.exec_prefix)}
    places |= {Path(item) for item in mimetypes.knownfiles}
    places |= {_ROOT / name for name in _OURS}
    places |= {Path(item) for item in sys.path if item.endswith(("-packages", ".zip"))}
    named = (os.environ.get(name, "") for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH"))
    places |= {Path(item) for value in named for item in value.split(os.pathsep) if item}
    for name in _PROGRAMS:
        if result := shutil.which(name):
            folder = Path(result).resolve().parent
            places.add(folder.parent if folder.name == "program" else folder)  # LibreOffice
    return frozenset(places)


def environment(folder: str) -> dict[str, str]:
    """Return the environment of a reading process whose temporary folder is `folder`."""
    kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    own = dict.fromkeys(("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP"), folder)
    return {**kept, **own, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"}
