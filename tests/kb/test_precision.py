"""The same answers on every machine: what is said follows the texts, not the processor."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import PhaenError
from kb import KnowledgeBase
from kb.alignment.model import fitting_model
from kb.evaluation.queries import documents_in, queries_in
from kb.model.chosen import chosen_model
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder, load_encoder
from kb.search.hit import Mode

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "corpora" / "gold"
DOCUMENTS, ASKED = 14, 30
SHOWN_ALIKE = 0.001
"""Relevances nearer than this may be shown in any order: a tenth of a per cent."""

LAST_BITS = 5e-6
"""What sums of some hundred float32 numbers in another order may differ by."""

ELSEWHERE = {
    "a processor without AVX-512": {
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "FAISS_OPT_LEVEL": "avx2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "OPENBLAS_CORETYPE": "Haswell",
    },
    "one thread": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
    "Kiribati's New Year in Thai": {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "th_TH.UTF-8",
        "PYTHONHASHSEED": "7",
    },
}

Answers = list[list[tuple[str, str, float]]]


def answers(encoder: DefaultEncoder | SentenceEncoder) -> Answers:
    """Ask the gold's questions of the gold's documents; the first ten hits of each."""
    modes: tuple[Mode, ...] = ("smart", "meaning")
    with (
        tempfile.TemporaryDirectory() as place,
        KnowledgeBase(Path(place) / "gold.db", encoder=encoder) as kb,
    ):
        for document in documents_in(GOLD)[:DOCUMENTS]:
            kb.add(document)
        return [
            [(hit.record.file, hit.record.text, hit.relevance) for hit in found.hits]
            for query in queries_in(GOLD)[:ASKED]
            for found in (kb.search(query.text, mode=mode) for mode in modes)
        ]


def assert_the_same(ones: Answers, others: Answers) -> None:
    """The same hits with the same relevance; what is shown alike may have changed places."""
    assert [len(each) for each in ones] == [len(each) for each in others]
    for one, other in zip(ones, others, strict=True):
        shown = [relevance for _, _, relevance in one]
        assert shown == pytest.approx([hit[2] for hit in other], abs=SHOWN_ALIKE)
        there = {(file, text): relevance for file, text, relevance in other}
        for file, text, relevance in one:
            at_the_end = relevance - shown[-1] < SHOWN_ALIKE
            assert at_the_end or there[file, text] == pytest.approx(relevance, abs=SHOWN_ALIKE)


@pytest.fixture(scope="module")
def float32() -> DefaultEncoder:
    """The default model as it is where nobody chose a precision."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PHAEN_PRECISION", raising=False)
        patch.delenv("PHAEN_MODEL", raising=False)
        made = load_encoder()
        assert isinstance(made, DefaultEncoder)
        made.library()
    return made


@pytest.fixture(scope="module")
def here(float32: DefaultEncoder) -> Answers:
    return answers(float32)


def test_a_processor_that_is_fast_in_bfloat16_computes_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import torch

    monkeypatch.delenv("PHAEN_PRECISION", raising=False)
    fast = {"avx512_bf16": True, "amx_bf16": True}
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: fast, raising=False)
    encoder = load_encoder()
    assert isinstance(encoder, DefaultEncoder)
    texts = [statement.text for each in documents_in(GOLD) for statement in each.statements][:60]
    few = encoder.encode(texts, "passage")
    many = encoder.library().encode(texts, "passage")
    assert np.abs(few - many).max() < LAST_BITS


@pytest.mark.parametrize("name", ELSEWHERE)
def test_answers_are_the_same_elsewhere(name: str, here: Answers) -> None:
    script = (
        "import json, sys; from kb.model.sentence_encoder import load_encoder; "
        "from tests.kb.test_precision import answers; json.dump(answers(load_encoder()), sys.stdout)"
    )
    kept = {key: value for key, value in os.environ.items() if key != "PHAEN_PRECISION"}
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=kept | ELSEWHERE[name],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert_the_same(here, json.loads(ran.stdout))


def test_a_text_means_the_same_alone_and_among_others(float32: DefaultEncoder) -> None:
    texts = [query.text for query in queries_in(GOLD)][:24]
    alone = np.vstack([float32.encode([text], "query") for text in texts])
    assert np.abs(float32.encode(texts, "query") - alone).max() < LAST_BITS
    library = float32.library()
    alone = np.vstack([library.encode([text], "passage") for text in texts])
    long = "พัฒนาแหล่งน้ำเพื่อการเกษตรและป้องกันน้ำท่วมซ้ำซาก " * 20
    assert np.abs(library.encode([*texts, long], "passage")[:-1] - alone).max() < LAST_BITS


class TestChoosing:
    def test_bfloat16_is_a_choice_that_a_store_remembers(
        self, float32: DefaultEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "kb.db"
        with KnowledgeBase(path, encoder=float32) as kb:
            kb.add(documents_in(GOLD)[0])
            kb.complete()
            kb.search("น้ำ")
        monkeypatch.setenv("PHAEN_PRECISION", "bfloat16")
        with KnowledgeBase(path) as kb:
            with pytest.raises(PhaenError, match="model-changed") as caught:
                kb.search("น้ำ")
            assert "bfloat16" in str(caught.value.details["chosen"])
            assert kb.change_model() > 0
            assert kb.search("น้ำ").hits
            rows = kb.store.connection.execute("select name from models").fetchall()
            assert [row["name"] for row in rows] == ["multilingual-e5-small.bfloat16"]
        monkeypatch.delenv("PHAEN_PRECISION")
        with (
            KnowledgeBase(path, encoder=float32) as kb,
            pytest.raises(PhaenError, match="model-changed"),
        ):
            kb.search("น้ำ")

    def test_bfloat16_is_near_enough_for_what_was_learnt(
        self, float32: DefaultEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_PRECISION", " BFloat16 ")
        encoder = load_encoder()
        assert isinstance(encoder, DefaultEncoder)
        assert encoder.fingerprint != float32.fingerprint
        assert fitting_model(encoder.fingerprint) is fitting_model(float32.fingerprint)
        texts = [query.text for query in queries_in(GOLD)][:24]
        rough = encoder.library().encode(texts, "passage")
        exact = float32.library().encode(texts, "passage")
        assert (rough * exact).sum(axis=1).min() > 0.9995
        assert np.abs(rough - exact).max() > LAST_BITS

    @pytest.mark.parametrize("named", ["", " ", "float32", "FLOAT32"])
    def test_float32_has_the_name_of_the_model_alone(
        self, named: str, float32: DefaultEncoder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_PRECISION", named)
        assert chosen_model().fingerprint == float32.fingerprint

    @pytest.mark.parametrize("named", ["float16", "แม่น", "bfloat"])
    def test_another_precision_is_refused(
        self, named: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PHAEN_PRECISION", named)
        with pytest.raises(PhaenError) as caught:
            load_encoder()
        assert caught.value.code == "precision-unknown"
        assert caught.value.details == {"value": named, "choices": "float32, bfloat16"}
