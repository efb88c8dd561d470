"""Landlock: a process gives up, for itself and all it starts, most of what lies on the disk.

Three system calls of Linux 5.13 and later, made by ctypes; no privileges are needed and
nothing can be given back. What a kernel is too old to restrict stays as it was. Numbers and
structures are those of `include/uapi/linux/landlock.h`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same on all processors
_VERSION = 1 << 0
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL_DEV = 1 << 14, 1 << 15
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_ALL = (1 << 16) - 1
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}

READ = _EXECUTE | _READ_FILE | _READ_DIR
"""Read files, list folders, start programs."""
WRITE = _ALL & ~(_EXECUTE | _MAKE_CHAR | _MAKE_BLOCK)
"""Read, write, make and remove whatever is no program and no device."""
READ_FILE = _READ_FILE
"""Read a file."""

_NET_BIND_CONNECT = 0b11  # since version 4
_SCOPE_SOCKETS_SIGNALS = 0b11  # since version 6


class _Ruleset(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scoped")]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Return the version of Landlock this kernel has, 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, _call(_CREATE_RULESET, None, 0, _VERSION))


def restrict(allowed: Iterable[tuple[Path, int]]) -> int:
    """Leave this process the paths `allowed`, each with its rights, and no others.

    Paths that are missing are left out. The process must have given up new privileges
    before. TCP goes too from version 4 on, signals to other processes from 6 on. Return the
    version that holds now. Raises OSError where the kernel refuses.
    """
    abi = version()
    if not abi:
        raise OSError("this kernel has no Landlock")
    handled = _KNOWN.get(abi, _ALL)
    rules = _Ruleset(
        handled, _NET_BIND_CONNECT if abi >= 4 else 0, _SCOPE_SOCKETS_SIGNALS if abi >= 6 else 0
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _checked(_call(_CREATE_RULESET, ctypes.byref(rules), size, 0))
    try:
        for path, rights in allowed:
            _allow(ruleset, path, rights & handled)
        _checked(_call(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(ruleset)
    return abi


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not Path(f"/proc/self/fd/{place}").is_dir():
            rights &= _OF_FILES
        rule = _PathBeneath(rights, place)
        _checked(_call(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0))
    finally:
        os.close(place)


def _call(number: int, *arguments: object) -> int:
    """Make a system call; return its result, -1 where it failed (see `ctypes.get_errno`)."""
    system = ctypes.CDLL(None, use_errno=True).syscall
    system.restype = ctypes.c_long
    wide = [ctypes.c_long(item) if isinstance(item, int) else item for item in arguments]
    return int(system(ctypes.c_long(number), *wide))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
