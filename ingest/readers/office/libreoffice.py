"""Documents only LibreOffice reads well (ODT, DOC, RTF): converted to DOCX, then read.

The conversion runs in a profile of its own that is thrown away, with macros off, without
a window, and within the limits of the process that reads the file.
"""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from ingest.errors import ReadError
from ingest.formats.limits import Limits
from ingest.formats.sniff import Format
from ingest.readers import format_of
from ingest.readers.office import docx
from ingest.readers.office.package import open_package
from ingest.records import Content

_NAMES = ("soffice", "libreoffice")
_WRITER = "sw"
_PARTS = (_WRITER, "sc", "sd")
"""LibreOffice's Writer, Calc and Impress, as their libraries are named."""
PLACES = (
    "/usr/lib/libreoffice/program",
    "/opt/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
    "C:/Program Files/LibreOffice/program",
)
"""Where LibreOffice lies on machines whose search path does not name it."""
_ENDINGS = {Format.ODT: "odt", Format.DOC: "doc", Format.RTF: "rtf"}
_ENCRYPTED_DOC = 0x0100  # the fEncrypted bit of a Word file's FIB, [MS-DOC] 2.5.2
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
{items}</oor:items>
"""
_ITEM = (
    '<item oor:path="/org.openoffice.Office.Common/{path}">'
    '<prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
)
# Macros off for every file, no links followed or updated, no network.
_SAFE = (
    ("Security/Scripting", "MacroSecurityLevel", "3"),
    ("Security/Scripting", "DisableMacrosExecution", "true"),
    ("Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Security/Scripting", "DisableActiveContent", "true"),
    ("Save/Document", "LoadPrinter", "false"),
)


def read(path: Path, limits: Limits) -> Content:
    """Convert the document at `path` and read what comes out.

    Raise `ReadError`: `needs-libreoffice` where it is not installed, `encrypted`,
    `conversion-failed` where it makes nothing of the file.
    """
    kind = format_of(path, limits)
    _refuse_encrypted(path, kind, limits)
    program = libreoffice()
    if program is None:
        raise ReadError("needs-libreoffice", format=_ENDINGS[kind].upper())
    with TemporaryDirectory(prefix="phaen-office-") as folder:
        converted = _convert(program, path, kind, Path(folder), limits)
        content = docx.read(converted, limits)
    return replace(content, media_type=kind.value)


def libreoffice() -> str | None:
    """Find LibreOffice's program, None where it is missing or can't read text documents.

    Systems install it in parts: one with the spreadsheet alone converts no letter.
    """
    result = (shutil.which(name, path=place) for place in (None, *PLACES) for name in _NAMES)
    return next((program for program in result if program and _has_writer(Path(program))), None)


def _has_writer(program: Path) -> bool:
    """Return whether Writer's library lies beside the program, or no part's does."""
    folder = program.resolve().parent
    parts = {part for part in _PARTS if any(folder.glob(f"*{part}lo.*"))}
    return not parts or _WRITER in parts


def _refuse_encrypted(path: Path, kind: Format, limits: Limits) -> None:
    if kind is Format.ODT:
        with open_package(path, limits) as package:
            package.check()
            manifest = "META-INF/manifest.xml"
            if manifest in package and _is_encrypted(package.xml(manifest)):
                raise ReadError("encrypted")
    if kind is Format.DOC and _word_flags(path.read_bytes()) & _ENCRYPTED_DOC:
        raise ReadError("encrypted")


def _is_encrypted(manifest: etree._Element) -> bool:
    return next(manifest.iter("{*}encryption-data"), None) is not None


def _word_flags(data: bytes) -> int:
    """Return the flags of a Word file's first block, which begins with A5EC on a sector."""
    at = data.find(b"\xec\xa5", 512)
    while at != -1 and at % 512:
        at = data.find(b"\xec\xa5", at + 1)
    return int.from_bytes(data[at + 10 : at + 12], "little") if at != -1 else 0


def _convert(program: str, path: Path, kind: Format, folder: Path, limits: Limits) -> Path:
    # A name of our own: the file's may begin with a dash or have a wrong ending.
    source = folder / f"document.{_ENDINGS[kind]}"
    shutil.copyfile(path, source)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    items = "".join(_ITEM.format(path=p, name=n, value=v) for p, n, v in _SAFE)
    settings = _SETTINGS.format(items=items)
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder),
        str(source),
    ]
    _run(command, limits)
    made = source.with_suffix(".docx")
    if not made.is_file():
        raise ReadError("conversion-failed")
    return made


def _run(command: list[str], limits: Limits) -> None:
    environment = {**os.environ, "SAL_USE_VCLPLUGIN": "svp", "http_proxy": "", "https_proxy": ""}
    try:
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=limits.program_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError("reader-timeout", seconds=limits.program_seconds) from error
