"""The adapter: what the default model has learnt of planning, added to its weights when built.

An adapter is a safetensors file with two thin matrices, `<layer>.up` (outward, rank) and
`<layer>.down` (rank, inward), for every layer it changes; their product times alpha / rank is
added to the layer's weight (Hu et al. 2021, LoRA). `tools/train_adapter.py` makes it.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from ingest.errors import PhaenError

_FILE = "adapter.safetensors"
_NONE = "none"


def chosen_adapter() -> bytes | None:
    """Return the adapter `PHAEN_ADAPTER` names by file, else the one that comes with phaen.

    None where it says `none`: the model as it was published. Raises PhaenError:
    `adapter-unusable`.
    """
    named = os.environ.get("PHAEN_ADAPTER", "").strip()
    if named == _NONE:
        return None
    if named:
        try:
            return Path(named).read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            raise PhaenError("adapter-unusable", file=named, reason=reason) from error
    with as_file(files("kb.model") / _FILE) as path:
        return path.read_bytes() if path.is_file() else None


def adapter_name(adapter: bytes | None) -> str:
    """Return what names an adapter's content in a folder's name: eight digits of its SHA-256."""
    return "plain" if adapter is None else hashlib.sha256(adapter).hexdigest()[:8]


def add_adapter(weights: Path, adapter: bytes) -> None:
    """Add an adapter's updates to the float32 tensors of a safetensors file, in place.

    Raises PhaenError `adapter-unusable` where it is no adapter of such a model.
    """
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        updates = load(adapter)
        stated = _metadata(adapter)
        factor = np.float32(float(stated["alpha"]) / float(stated["rank"]))
        with weights.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            header = json.loads(file.read(length))
        for name in sorted(key.removesuffix(".up") for key in updates if key.endswith(".up")):
            place = header[f"{name}.weight"]
            kept = np.memmap(
                weights,
                dtype="<f4",
                mode="r+",
                offset=8 + length + place["data_offsets"][0],
                shape=tuple(place["shape"]),
            )
            up, down = (updates[f"{name}.{part}"].astype(np.float32) for part in ("up", "down"))
            kept += (up @ down) * factor
            kept.flush()
    except (SafetensorError, KeyError, ValueError) as error:
        raise PhaenError("adapter-unusable", file=_FILE, reason=str(error)) from error


def _metadata(adapter: bytes) -> dict[str, str]:
    length = int.from_bytes(adapter[:8], "little")
    metadata: dict[str, str] = json.loads(adapter[8 : 8 + length])["__metadata__"]
    return metadata
