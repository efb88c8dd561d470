"""Whatever goes wrong while a file is read, said as that file's `ReadError`."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ingest.errors import PhaenError, ReadError

_CODES = {
    errno.EACCES: "no-permission",
    errno.EPERM: "no-permission",
    errno.ENOENT: "file-not-found",
    errno.ENOSPC: "disk-full",
    errno.EDQUOT: "disk-full",
    errno.EFBIG: "disk-full",
}


@contextmanager
def failures_of(file: str) -> Iterator[None]:
    """Let nothing but `PhaenError` out of the block, with `file` among its details.

    A damaged file may make a parser raise anything; that is the file's error, whose
    reason is kept for whoever wants to know, and no reason to stop reading others.
    """
    try:
        yield
    except PhaenError as error:
        raise type(error)(error.code, **{**error.details, "file": file}) from error
    except MemoryError as error:
        raise ReadError("reader-memory", file=file) from error
    except OSError as error:
        raise unreadable(error, file) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"[:300]
        raise ReadError("read-failed", file=file, reason=reason) from error


def unreadable(error: OSError, file: str) -> ReadError:
    """Return why the system would not let a file be read."""
    code = _CODES.get(error.errno or 0, "read-failed")
    return ReadError(code, file=file, reason=str(error.strerror or error))
