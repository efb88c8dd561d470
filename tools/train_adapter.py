"""Train the adapter: low-rank updates that teach the default model what planners mean.

    python -m tools.train_adapter [--without WRITER ...] [--epochs N] [--out FILE]

Low-rank updates (Hu et al. 2021) of the projections of attention and of the feed-forward layers
of multilingual-e5-small, learnt from `tools.adapter_texts` with the contrastive loss of
sentence-transformers (answers of the other questions in a batch, and passages that only look
alike, are wrong). One seed decides everything; a checkpoint is written every hundred steps and
picked up again. What is kept is the two thin matrices of each layer in float16
(`kb/model/adapter.safetensors`); `kb.model.adapter` adds their product to the weights when the
model is built.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import parametrize

from kb.model.bundled import plain_folder
from tools.adapter_texts import Example, examples

ROOT = Path(__file__).resolve().parents[1]
ADAPTER = ROOT / "kb" / "model" / "adapter.safetensors"
SEED = 20261201
RANK, ALPHA = 16, 32.0
BATCH, WRONG = 32, 2
"""Examples a step, and passages that look alike taken with each."""
RATE, WARM, EPOCHS = 3e-4, 0.1, 3
TEMPERATURE = 0.03
LONGEST = 128
"""Tokens read of a text while learning."""
TARGETS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class LowRank(nn.Module):
    """A weight with the product of two thin matrices added; it begins as the weight itself."""

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        outward, inward = weight.shape
        self.down = nn.Parameter(torch.randn(RANK, inward) / math.sqrt(inward))
        self.up = nn.Parameter(torch.zeros(outward, RANK))

    def forward(self, weight: torch.Tensor) -> torch.Tensor:
        """Return the weight with its update."""
        return weight + (self.up @ self.down) * (ALPHA / RANK)


def adapted(model: nn.Module) -> dict[str, LowRank]:
    """Give the chosen layers of a BERT low-rank updates; all else stays as it is."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    updates = {}
    for name, layer in list(model.named_modules()):
        if isinstance(layer, nn.Linear) and name.endswith(TARGETS) and "encoder.layer" in name:
            updates[name] = LowRank(layer.weight)
            parametrize.register_parametrization(layer, "weight", updates[name])
    return updates


def batches(found: Sequence[Example], draw: random.Random) -> Iterator[list[Example]]:
    """Yield the examples in batches in which no group stands twice."""
    waiting = list(found)
    draw.shuffle(waiting)
    while waiting:
        batch: dict[str, Example] = {}
        rest = []
        for one in waiting:
            if len(batch) < BATCH and one.group not in batch:
                batch[one.group] = one
            else:
                rest.append(one)
        if len(batch) < BATCH // 2:
            return
        yield list(batch.values())
        waiting = rest


class Learner:
    """The model in training: its tokenizer, its layers with updates, and the loss."""

    def __init__(self, folder: Path) -> None:
        from sentence_transformers import SentenceTransformer

        self.model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        self.model.max_seq_length = LONGEST
        self.updates = adapted(self.model[0].auto_model)

    def vectors(self, texts: Sequence[str]) -> torch.Tensor:
        """Return vectors of length one, with gradients."""
        read = self.model.tokenize(list(texts))
        vectors = self.model(dict(read))["sentence_embedding"]
        return nn.functional.normalize(vectors, dim=-1)

    def loss(self, batch: Sequence[Example], draw: random.Random) -> torch.Tensor:
        """Return the contrastive loss of a batch, both ways."""
        wrong = [
            text for one in batch for text in draw.sample(one.wrong, min(WRONG, len(one.wrong)))
        ]
        asked = self.vectors([f"query: {one.question}" for one in batch])
        said = self.vectors([f"passage: {text}" for text in [*(o.answer for o in batch), *wrong]])
        scores = asked @ said.T / TEMPERATURE
        right = torch.arange(len(batch))
        back = scores[:, : len(batch)].T
        cross = nn.functional.cross_entropy
        return cross(scores, right) + 0.3 * cross(back, right)


def train(found: Sequence[Example], epochs: int, checkpoint: Path) -> dict[str, torch.Tensor]:
    """Return the thin matrices learnt, by layer and name; resume from a checkpoint."""
    torch.manual_seed(SEED)
    draw = random.Random(SEED)
    learner = Learner(plain_folder())
    steps = [batch for _ in range(epochs) for batch in batches(found, draw)]
    parameters = [p for update in learner.updates.values() for p in update.parameters()]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    warm = max(1, int(len(steps) * WARM))

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / warm, max(0.05, 1 - (step - warm) / (len(steps) - warm)))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    first = 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, weights_only=True)
        first = kept["step"]
        nn.ModuleDict({n.replace(".", "-"): u for n, u in learner.updates.items()}).load_state_dict(
            kept["updates"]
        )
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
    total = 0.0
    for step in range(first, len(steps)):
        loss = learner.loss(steps[step], random.Random(SEED + step))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss)
        if (step + 1) % 20 == 0:
            print(f"step {step + 1} of {len(steps)}: loss {total / 20:.3f}", flush=True)
            total = 0.0
        if (step + 1) % 100 == 0:
            updates = nn.ModuleDict({n.replace(".", "-"): u for n, u in learner.updates.items()})
            torch.save(
                {
                    "step": step + 1,
                    "updates": updates.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                },
                checkpoint,
            )
    return {
        f"{name}.{part}": getattr(update, part).detach().to(torch.float16).contiguous()
        for name, update in learner.updates.items()
        for part in ("up", "down")
    }


def main() -> None:
    """Train and write the adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without", nargs="*", default=[], help="writers that are not learnt from")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--out", type=Path, default=ADAPTER)
    asked = parser.parse_args()
    found = [one for one in examples() if one.writer not in asked.without]
    checkpoint = asked.out.with_suffix(".checkpoint")
    tensors = train(found, asked.epochs, checkpoint)
    stated = {"rank": str(RANK), "alpha": str(ALPHA), "without": json.dumps(sorted(asked.without))}
    save_file(tensors, asked.out, stated)
    checkpoint.unlink(missing_ok=True)
    print(f"{asked.out}: {asked.out.stat().st_size} bytes from {len(found)} examples")


if __name__ == "__main__":
    main()
