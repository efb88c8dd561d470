"""The programs and packages that phaen works with: which of them this machine has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from ingest.errors import ReadError
from ingest.sandbox.confinement import Confinement

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Component:
    """One program or package: found or not, its version, and whether it is only a choice.

    What it is for and how to install it stand in `api.text.messages` under `part-<name>` and
    `install-<name>`.
    """

    name: str
    installed: bool
    version: str | None = None
    optional: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "name": self.name,
            "found": self.installed,
            "version": self.version,
            "optional": self.optional,
        }


def installed_components() -> tuple[Component, ...]:
    """Look at every component; nothing heavy is imported, but a reading process is started."""
    given_up = _sandbox()
    landlock = f"Landlock {given_up.landlock}" if given_up.landlock else None
    return (
        *(look() for look in _LOOKS),
        Component("sandbox-files", landlock is not None, landlock, optional=True),
        Component(
            "sandbox-network",
            given_up.system_calls,
            "seccomp" if given_up.system_calls else None,
            optional=True,
        ),
    )


def _poppler() -> Component:
    output = _output_of("pdftotext", "-v")
    return Component("poppler", output is not None, _last_word(output))


def _tesseract() -> Component:
    output = _output_of("tesseract", "--version")
    return Component("tesseract", output is not None, _last_word(output))


def _tesseract_thai() -> Component:
    languages = (_output_of("tesseract", "--list-langs") or "").split()
    return Component("tesseract-tha", "tha" in languages)


def _libreoffice() -> Component:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    return Component("libreoffice", program is not None, optional=True)


def _mupdf() -> Component:
    installed_version = _package("pymupdf")
    return Component("pymupdf", installed_version is not None, installed_version, optional=True)


def _transformers() -> Component:
    installed_version = _package("sentence-transformers")
    return Component(
        "sentence-transformers",
        installed_version is not None and _package("torch") is not None,
        installed_version,
    )


def _sandbox() -> Confinement:
    """Return how a reading process is confined; unconfined where none can be started."""
    from ingest.sandbox.pool import Workers

    try:
        with Workers(1) as workers:
            return workers.confinement()
    except ReadError:
        return Confinement()


_LOOKS: tuple[Callable[[], Component], ...] = (
    _poppler,
    _tesseract,
    _tesseract_thai,
    _transformers,
    _libreoffice,
    _mupdf,
)


def _output_of(*command: str) -> str | None:
    """Return a program's output, None where it is not installed or does not answer."""
    if shutil.which(command[0]) is None:
        return None
    try:
        run = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (run.stdout + run.stderr).decode(errors="replace")


def _last_word(output: str | None) -> str | None:
    """Take the version off a first line like `pdftotext version 22.12.0`."""
    lines = (output or "").splitlines()
    return lines[0].split()[-1] if lines and lines[0].split() else None


def _package(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def python_version() -> str:
    """Return the version of Python that runs."""
    return ".".join(map(str, sys.version_info[:3]))
