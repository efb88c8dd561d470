"""Readers that a hostile file has taken over: what they try is what a test lets them try."""

import ctypes
import errno
import os
import socket
import struct
import time
from pathlib import Path

_LIBRARY = ctypes.CDLL(None, use_errno=True)


def _failed(result: int) -> str:
    return errno.errorcode[ctypes.get_errno()] if result < 0 else "done"


def connect(_path: Path, port: int) -> str:
    """Connect to a port of this machine by the C library, past Python and its hooks."""
    place = _LIBRARY.socket(2, 1, 0)
    if place < 0:
        return _failed(place)
    address = struct.pack("=HH4s8x", 2, socket.htons(port), socket.inet_aton("127.0.0.1"))
    return _failed(_LIBRARY.connect(place, address, len(address)))


def connect_locally(_path: Path, name: str) -> str:
    """Connect to a socket in a folder, as those of services are."""
    place = _LIBRARY.socket(1, 1, 0)
    address = struct.pack("=H", 1) + os.fsencode(name) + b"\0"
    return _failed(_LIBRARY.connect(place, address, len(address)))


def read(_path: Path, other: str) -> str:
    """Read another file by the C library."""
    return _failed(_LIBRARY.open(os.fsencode(other), os.O_RDONLY))


def write(_path: Path, other: str) -> str:
    """Write a file, and say what came of it."""
    return _failed(_LIBRARY.open(os.fsencode(other), os.O_WRONLY | os.O_CREAT, 0o600))


def environment(_path: Path) -> dict[str, str]:
    """Return the whole environment, as the C library has it."""
    return dict(os.environ)


def signal(_path: Path, pid: int) -> str:
    """Signal another process (0: only ask whether it might)."""
    return _failed(_LIBRARY.kill(pid, 0))


def work(path: Path) -> str:
    """Do what a reader does: read the file, use the temporary folder."""
    import tempfile

    with tempfile.NamedTemporaryFile() as file:
        file.write(path.read_bytes())
        file.seek(0)
        return file.read().decode()


def wait_for(_path: Path, other: str) -> str:
    """Be slow: wait until a file is there."""
    while not os.path.exists(other):  # noqa: PTH110
        time.sleep(0.02)
    return "waited"


def leave_a_child(_path: Path) -> int:
    """Start a process that lives on."""
    child = os.fork()
    if not child:
        time.sleep(600)
        os._exit(0)
    return child
