"""Which embedding model this machine uses, where its folder is, and what names its content.

Nothing here imports torch: the fingerprint of a model is known before the model is loaded,
so a knowledge base made with another one is recognised at once.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.errors import PhaenError
from kb.model import bundled
from kb.model.bundled import Progress
from kb.model.checkpoint import PROMPTS

Precision = Literal["float32", "bfloat16"]
"""How numbers are kept while many texts are encoded: 24 bits of precision, or 8."""

_PRECISIONS: tuple[Precision, ...] = ("float32", "bfloat16")

_SMALL = 1 << 20
_STRIDE = 64
_SETTINGS = {".json", ".txt", ".model", ".jinja"}
_WEIGHTS = {".safetensors", ".bin"}


@dataclass(frozen=True, slots=True)
class Model:
    """A sentence-transformers folder: what it is called, where, and its content's name.

    `prompts` stand before a text: `query` before a question, `passage` before a record.
    `precision` is part of the fingerprint, because vectors follow it.
    """

    name: str
    folder: Path
    fingerprint: str
    prompts: Mapping[str, str]
    precision: Precision = "float32"


def chosen_model(progress: Progress | None = None) -> Model:
    """Return the model `PHAEN_MODEL` names by folder or by name, else the default one.

    The default one is built where it is missing, which `progress` hears of. A name is
    looked up in this machine's Hugging Face cache; nothing is fetched unless the user
    sets `HF_HUB_OFFLINE=0`. Raises PhaenError: `model-not-found`, `model-unusable`,
    `precision-unknown`, and what `bundled_folder` raises.
    """
    precision = chosen_precision()
    name = os.environ.get("PHAEN_MODEL", "").strip()
    if not name or name == bundled.NAME:
        folder = bundled.bundled_folder(progress)
        kept = _in_precision(bundled.bundled_fingerprint(folder), precision)
        return Model(bundled.NAME, folder, kept, PROMPTS, precision)
    folder = _folder(name)
    if not (folder / "modules.json").is_file() and not (folder / "config.json").is_file():
        raise PhaenError("model-unusable", model=name, reason="no modules.json, no config.json")
    kept = _in_precision(_fingerprint(name, folder), precision)
    return Model(name, folder, kept, _prompts(name, folder), precision)


def chosen_precision() -> Precision:
    """Return the precision `PHAEN_PRECISION` names, else float32.

    The processor has no say in it: answers would differ from one machine to the next.
    Raises PhaenError `precision-unknown`.
    """
    named = os.environ.get("PHAEN_PRECISION", "").strip().lower() or _PRECISIONS[0]
    for known in _PRECISIONS:
        if named == known:
            return known
    raise PhaenError("precision-unknown", value=named, choices=", ".join(_PRECISIONS))


def weights_of(fingerprint: str) -> str:
    """Return the fingerprint of the same weights in float32."""
    return fingerprint.replace(".bfloat16-", "-")


def _in_precision(fingerprint: str, precision: Precision) -> str:
    """Name the precision in a fingerprint; float32 is what a fingerprint means by itself."""
    if precision == "float32":
        return fingerprint
    name, _, digest = fingerprint.rpartition("-")
    return f"{name}.{precision}-{digest}"


def offline() -> bool:
    """Return whether no hub may be asked: always, unless the user set `HF_HUB_OFFLINE=0`."""
    return os.environ.get("HF_HUB_OFFLINE", "1").strip().lower() not in {"0", "false", "no", "off"}


def _folder(name: str) -> Path:
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if "\\" in name or folder.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        raise PhaenError("model-not-found", model=name)
    for known_as in (name,) if "/" in name else (f"sentence-transformers/{name}", name):
        if result := _from_hub(known_as):
            return result
    raise PhaenError("model-not-found", model=name)


def _from_hub(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=offline()))
    except (LocalEntryNotFoundError, HFValidationError, HfHubHTTPError, OSError):
        return None


def _prompts(name: str, folder: Path) -> Mapping[str, str]:
    """Take the model's own prompts; the e5 family needs its own though it names none."""
    stated = _json(folder / "config_sentence_transformers.json").get("prompts") or {}
    passage = next((stated[key] for key in ("passage", "document") if stated.get(key)), "")
    if stated.get("query") or passage:
        return {"query": stated.get("query", ""), "passage": passage}
    is_e5 = "e5-" in name.lower() and "instruct" not in name.lower()
    return PROMPTS if is_e5 else {"query": "", "passage": ""}


def _json(path: Path) -> dict[str, dict[str, str]]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _fingerprint(name: str, folder: Path) -> str:
    digest = hashlib.sha256()
    for path in _telling(folder):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(_sampled(path))
    return f"{Path(name).name}-{digest.hexdigest()[:12]}"


def _telling(folder: Path) -> Iterator[Path]:
    """Find the files that decide what the model computes, in an order that stays."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder).parts
        settles = path.suffix in _SETTINGS | _WEIGHTS and not path.name.startswith(".")
        if settles and path.is_file() and not {"onnx", "openvino", ".git"}.intersection(inner):
            yield path


def _sampled(path: Path) -> bytes:
    """Digest a small file whole, a large one by its length and 64 blocks across it."""
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        if size <= _STRIDE * _SMALL:
            digest.update(file.read())
        else:
            for block in range(_STRIDE):
                file.seek((size - _SMALL) * block // (_STRIDE - 1))
                digest.update(file.read(_SMALL // 16))
    return digest.digest()
