"""The one kind of error this software raises for bad input: a code and its details.

An error says what happened, to which file, and is worded for people by
`api.text.messages` in the language they chose. `str(error)` is plain English for logs.
"""


class PhaenError(Exception):
    """Something a user can understand and mend.

    `code` is stable and names the message (`file-not-found`); `details` fill it in.
    """

    def __init__(self, code: str, **details: str | int | float) -> None:
        self.code = code
        self.details = details
        listed = ", ".join(f"{name}={value}" for name, value in details.items())
        super().__init__(f"{code}: {listed}" if listed else code)

    def __reduce__(self) -> tuple[object, ...]:
        """Cross process borders whole: readers run in worker processes."""
        return (_rebuild, (type(self), self.code, self.details))


class ReadError(PhaenError):
    """A file could not be read; the other files of the run are not touched by it."""


class UsageError(PhaenError):
    """The user asked for something that cannot be asked for (exit code 2, HTTP 422)."""


def _rebuild(
    kind: type[PhaenError], code: str, details: dict[str, str | int | float]
) -> PhaenError:
    return kind(code, **details)
