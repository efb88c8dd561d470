"""A filter of system calls: no sockets but between own programs, no way into other processes.

The filter is a small BPF program, given to the kernel with `prctl`. It forbids what no
reader needs and leaves all else: forbidden calls fail with "operation not permitted", as
they do for a user without rights, so that libraries go on without them.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import sys
from struct import pack

_SET_NO_NEW_PRIVS = 38
_SET_SECCOMP, _FILTER_MODE = 22, 2

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE = 0, 4  # offsets into struct seccomp_data
_FIRST, _FIFTH = 16, 48  # its first and fifth argument, the low half first
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_UNKNOWN = 0x00050000 | errno.ENOSYS
_PRETEND = 0x00050000  # the call returns 0 and nothing is done
_X32 = 0x40000000
_AF_UNIX = 1
_NEW_NAMESPACES = 0x7E020000

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""The kernel's name for a processor, and its column below."""

_SOCKETS = {"socket": (41, 198), "socketpair": (53, 199)}
_PRETENDED = {"bind": (49, 200), "listen": (50, 201)}
"""LibreOffice does not start where it cannot offer a socket, though nobody will use it."""
_SENDTO, _CLONE, _CLONE3 = (44, 206), (56, 220), (435, 435)
_FORBIDDEN = {
    "connect": (42, 203),
    "sendmsg": (46, 211),
    "sendmmsg": (307, 269),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "setsid": (112, 157),
    "setpgid": (109, 154),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "open_by_handle_at": (304, 265),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "kexec_load": (246, 104),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
}
"""System calls that are refused, by their numbers on x86-64 and on ARM64."""


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def give_up_privileges() -> None:
    """Let no program that this process starts gain rights (setuid). Raises OSError."""
    prctl(_SET_NO_NEW_PRIVS, 1)


def restrict() -> None:
    """Put the filter on this thread and on all it starts, for good.

    Raises OSError where the kernel refuses or the processor is none the filter knows.
    """
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        raise OSError(errno.ENOSYS, f"no filter for {sys.platform} on {platform.machine()}")
    code = _filter(*_MACHINES[platform.machine()])
    program = _Program(len(code) // 8, code)
    prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(program))


def _filter(machine: int, column: int) -> bytes:
    """Assemble the filter for one kind of processor."""
    refuse, allow = _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)
    code = [_step(_LOAD, _MACHINE), _step(_EQUAL, machine, 1, 0), refuse]
    code += [_step(_LOAD, _NUMBER), _step(_AT_LEAST, _X32, 0, 1), refuse]
    for numbers in _FORBIDDEN.values():
        code += [_step(_EQUAL, numbers[column], 0, 1), refuse]
    for numbers in _PRETENDED.values():
        code += [_step(_EQUAL, numbers[column], 0, 1), _step(_RETURN, _PRETEND)]
    code += [_step(_EQUAL, _CLONE3[column], 0, 1), _step(_RETURN, _UNKNOWN)]
    for numbers in _SOCKETS.values():
        code += _where(
            numbers[column], [_step(_LOAD, _FIRST), _step(_EQUAL, _AF_UNIX, 0, 1), allow, refuse]
        )
    # A message to an address: sendto with one, while send is sendto without.
    code += _where(
        _SENDTO[column],
        [
            _step(_LOAD, _FIFTH),
            _step(_EQUAL, 0, 0, 2),
            _step(_LOAD, _FIFTH + 4),
            _step(_EQUAL, 0, 1, 0),
            refuse,
            allow,
        ],
    )
    code += _where(
        _CLONE[column],
        [_step(_LOAD, _FIRST), _step(_ANY_BIT, _NEW_NAMESPACES, 0, 1), refuse, allow],
    )
    return b"".join([*code, allow])


def _where(number: int, block: list[bytes]) -> list[bytes]:
    """Run a block that ends in an answer for one system call, step over it for others."""
    return [_step(_EQUAL, number, 0, len(block)), *block]


def _step(operation: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return pack("=HBBI", operation, if_so, if_not, value)


def prctl(option: int, first: int, second: int = 0) -> None:
    """Change what holds for this process (`man 2 prctl`). Raises OSError."""
    control = ctypes.CDLL(None, use_errno=True).prctl
    wide = [ctypes.c_ulong(item) for item in (first, second, 0, 0)]
    if control(ctypes.c_int(option), *wide) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
