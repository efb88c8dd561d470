"""Export: the whole knowledge base as a data set that can be cited.

Tables as CSV and Parquet, a data dictionary for people (`dictionary.csv`) and programs
(`datapackage.json`, Frictionless Data Package v1), a README that says how to cite it, and
SHA-256 sums of all files. The same knowledge base gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import PhaenError, UsageError
from ingest.temporary import TemporaryFolder, sweep
from kb.export.description import catalogue_entry, data_package, readme
from kb.export.files import FORMATS, CsvWriter, RowWriter, chosen_formats
from kb.export.tables import TABLES, ExportColumn, ExportTable, column_descriptions
from kb.model.bundled import Progress, silent

if TYPE_CHECKING:
    from kb.knowledge_base import KnowledgeBase

SUMS = "SHA256SUMS"
STAGE = "export"
_OWN_FILES = frozenset(
    (
        "README.md",
        "dictionary.csv",
        "datapackage.json",
        "dcat.jsonld",
        SUMS,
        *(f"{table.name}.{kind}" for table in TABLES for kind in FORMATS),
    )
)
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP file can state; the same for all files, so that bytes are too."""


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was written. `files` are names, sizes in bytes and SHA-256 sums.

    `counts` are rows by table, `as_of` is when the last document was added.
    """

    formats: tuple[str, ...]
    counts: Mapping[str, int]
    as_of: str | None
    files: tuple[tuple[str, int, str], ...]

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits of the SHA-256 over all sums: the name of the content."""
        return hashlib.sha256(_sums(self.files).encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "id": self.id,
            "formats": list(self.formats),
            "as_of": self.as_of,
            **self.counts,
            "files": [
                {"name": name, "bytes": size, "sha256": digest} for name, size, digest in self.files
            ],
        }


def export(
    kb: KnowledgeBase, folder: Path, formats: Sequence[str] = (), progress: Progress = silent
) -> ExportResult:
    """Write the data set to a folder, whole or not at all, without records a person rejected.

    An older export in the folder is replaced. Raises PhaenError: `export-folder-not-empty`
    where other files are in it, `export-format-unknown`, `parquet-missing`,
    `folder-not-written`.
    """
    chosen = chosen_formats(formats)
    others = {file.name for file in folder.iterdir()} - _OWN_FILES if folder.is_dir() else set()
    if others:
        raise UsageError("export-folder-not-empty", folder=str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        sweep(folder.parent)
        with TemporaryFolder(folder.parent) as temporary:
            result = _write(kb, temporary.path, chosen, progress)
            _replace(temporary.path, folder)
    except OSError as error:
        reason = error.strerror or str(error)
        raise PhaenError("folder-not-written", file=str(folder), reason=reason) from error
    return result


def export_zip(kb: KnowledgeBase, file: Path, formats: Sequence[str] = ()) -> ExportResult:
    """Write the data set as one ZIP file, the same bytes each time. Raises as `export`."""
    chosen = chosen_formats(formats)
    with TemporaryFolder() as temporary:
        result = _write(kb, temporary.path, chosen, silent)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(temporary.path.iterdir()):
                entry = zipfile.ZipInfo(f"phaen-{result.id}/{path.name}", _ZIP_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w") as out, path.open("rb") as source:
                    shutil.copyfileobj(source, out, 1 << 20)
    return result


def _write(
    kb: KnowledgeBase, folder: Path, formats: tuple[str, ...], progress: Progress
) -> ExportResult:
    counts, as_of = _write_tables(kb, folder, formats, progress)
    _write_dictionary(folder)
    _write_json(folder / "datapackage.json", data_package(formats))
    _write_json(folder / "dcat.jsonld", catalogue_entry(formats, as_of))
    (folder / "README.md").write_text(readme(counts, as_of, formats), "utf-8")
    files = tuple(_file(path) for path in sorted(folder.iterdir()))
    (folder / SUMS).write_text(_sums(files), "utf-8")
    return ExportResult(formats, counts, as_of, files)


def _write_tables(
    kb: KnowledgeBase, folder: Path, formats: tuple[str, ...], progress: Progress
) -> tuple[dict[str, int], str | None]:
    documents = sorted(kb.documents(), key=lambda document: document.id)
    counts = dict.fromkeys((table.name for table in TABLES), 0)
    with ExitStack() as stack:
        writers = {table.name: _open_writers(stack, folder, table, formats) for table in TABLES}
        for done, document in enumerate(documents):
            progress(STAGE, done, len(documents))
            for table in TABLES:
                for row in table.rows(kb, document):
                    counts[table.name] += 1
                    for writer in writers[table.name]:
                        writer.write(row)
    progress(STAGE, len(documents), len(documents))
    return counts, max((document.added_at for document in documents), default=None)


def _open_writers(
    stack: ExitStack, folder: Path, table: ExportTable, formats: tuple[str, ...]
) -> list[RowWriter]:
    writers: list[RowWriter] = []
    for kind in formats:
        writer = FORMATS[kind](folder / f"{table.name}.{kind}", table.columns)
        stack.callback(writer.close)
        writers.append(writer)
    return writers


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_dictionary(folder: Path) -> None:
    names = ("table", "column", "type", "thai", "english")
    writer = CsvWriter(
        folder / "dictionary.csv", [ExportColumn(name, "string", name, name) for name in names]
    )
    for row in column_descriptions():
        writer.write(row)
    writer.close()


def _file(path: Path) -> tuple[str, int, str]:
    with path.open("rb") as file:
        return path.name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _sums(files: Sequence[tuple[str, int, str]]) -> str:
    """Return the sums as `sha256sum --check` reads them."""
    return "".join(f"{digest}  {name}\n" for name, _, digest in files)


def _replace(source: Path, folder: Path) -> None:
    """Replace the old files by the new ones; the sums come last."""
    folder.mkdir(exist_ok=True)
    for name in _OWN_FILES - {path.name for path in source.iterdir()}:
        (folder / name).unlink(missing_ok=True)
    for path in sorted(source.iterdir(), key=lambda file: file.name == SUMS):
        path.replace(folder / path.name)
