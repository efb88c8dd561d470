"""The adapter is added to the model's weights when it is built, and can be left out."""

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save, save_file

from ingest.errors import PhaenError
from kb.model.adapter import adapter_name, add_adapter, chosen_adapter

UP = np.array([[1.0], [2.0]], dtype=np.float16)
DOWN = np.array([[0.5, 0.25, 4.0]], dtype=np.float16)


def adapter(**tensors: np.ndarray) -> bytes:
    return save(tensors or {"layer.up": UP, "layer.down": DOWN}, {"rank": "1", "alpha": "2"})


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    tensors = {
        "layer.weight": np.ones((2, 3), dtype=np.float32),
        "other.weight": np.full((2, 2), 7, dtype=np.float32),
    }
    save_file(tensors, path)
    return path


def test_the_product_is_added_to_the_layer_it_names(weights: Path) -> None:
    add_adapter(weights, adapter())
    after = load_file(weights)
    assert after["layer.weight"].tolist() == [[2.0, 1.5, 9.0], [3.0, 2.0, 17.0]]
    assert (after["other.weight"] == 7).all()


@pytest.mark.parametrize(
    "content", [b"", b"no adapter at all", adapter(**{"gone.up": UP, "gone.down": DOWN})]
)
def test_what_is_no_adapter_of_the_model_is_refused(weights: Path, content: bytes) -> None:
    with pytest.raises(PhaenError, match="adapter-unusable"):
        add_adapter(weights, content)
    assert (load_file(weights)["layer.weight"] == 1).all()


def test_none_means_the_model_as_it_was_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAEN_ADAPTER", "none")
    assert chosen_adapter() is None
    assert adapter_name(None) == "plain"


def test_an_adapter_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PHAEN_ADAPTER", str(tmp_path / "gone.safetensors"))
    with pytest.raises(PhaenError, match="adapter-unusable"):
        chosen_adapter()


def test_an_adapter_that_comes_with_phaen_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PHAEN_ADAPTER", raising=False)
    assert len(chosen_adapter() or b"") < 10_000_000
