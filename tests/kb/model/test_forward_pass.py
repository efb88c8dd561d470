"""The default model without its libraries: the same tokens, the same vectors."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kb.model.chosen import chosen_model
from kb.model.forward_pass import Forward
from kb.model.sentence_encoder import DefaultEncoder, SentenceEncoder

pytestmark = pytest.mark.slow

TEXTS = [
    "query: ทำถนนให้รถวิ่งสะดวก",
    "query: สี่แยกอินโดจีน",
    "passage: น้ำสะอาด ๒๕๖๖–2570 (งบ 1,250,000.50 บาท)",
    "passage: ศูนย์กลางความเจริญ  แห่ง\tภูมิภาค\nที่มั่นคง",
    "query: Smart City & PM2.5 — ①½ＡＢＣ ﬁ",
    "query: 🙂 ꙮ ᚠᚢᚦ 見る",
    "query: </s> <mask> <s>ก",
    "query: ",
    "",
]
ANY = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cn", "Co")), max_size=80)
THAI = st.text(alphabet=st.sampled_from("กขคงจนมยรลวสหอะาิีึืุูเแโใไ็่้๊๋์ํำๆฯ ๑๒3.,()"), max_size=80)


@pytest.fixture(scope="module")
def forward() -> Forward:
    return Forward(chosen_model().folder)


@pytest.fixture(scope="module")
def library(encoder: DefaultEncoder) -> SentenceEncoder:
    return encoder.library()


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(ANY, THAI))
@example("น ํ้าํา")
@example("ก\u0300\u200bข\x00\x85ค")
@example("x" * 3000)
@example("\U00010781 \u32ff ก")  # younger than the tokenizer's tables
def test_tokens_are_those_of_the_library(
    forward: Forward, library: SentenceEncoder, text: str
) -> None:
    tokenizer = library._transformer.tokenizer
    assert forward.tokens(text) == tokenizer(text, truncation=True, max_length=512)["input_ids"]


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_of_awkward_texts(forward: Forward, library: SentenceEncoder, text: str) -> None:
    assert forward.tokens(text) == library._transformer.tokenizer(text)["input_ids"]


def test_vectors_are_those_of_the_library(forward: Forward, library: SentenceEncoder) -> None:
    mine, theirs = forward.encode(TEXTS), library._run(TEXTS)
    assert mine.dtype == np.float32
    assert (mine * theirs).sum(axis=1).min() > 0.9995  # bfloat16, where that is chosen
    assert forward.encode([]).shape == (0, 384)


def test_the_library_is_there_only_when_many_passages_are_wanted() -> None:
    script = """if True:
        import sys
        from kb.model.sentence_encoder import load_encoder
        encoder = load_encoder()
        heavy = {"torch", "transformers", "sentence_transformers"}
        row = encoder.encode(["ถนน"], "query")
        assert row.shape == (1, 384)
        few = encoder.encode(["ทางเดินเท้าริมคลองสายเก่า"] * 400, "passage")
        for _ in range(10):
            encoder.encode(["ทางเดินเท้าริมคลองสายเก่า"] * 100, "query")
        assert not heavy & set(sys.modules)
        more = encoder.encode(["ทางเดินเท้าริมคลองสายเก่า"] * 400, "passage")
        assert "sentence_transformers" in sys.modules
        assert float(few[0] @ more[0]) > 0.9999
        assert float(encoder.encode(["ถนน"], "query")[0] @ row[0]) > 0.9999
    """
    done = subprocess.run(
        [sys.executable, "-c", script], env=dict(os.environ), capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
