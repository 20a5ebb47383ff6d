"""The ranker in torch: the packaged embedder with its upper layers, a head for the score and one for the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from assistant.ranking.openvino_ranker import pad_rows
from assistant.ranking.rows import SEGMENTS, SENTENCE, Row


class RowModel(nn.Module):
    """Scores the sentences of rows. Trained are the upper layers, vectors for the segments before each, two heads."""

    def __init__(self, folder: Path, frozen_layers: int = 0) -> None:
        super().__init__()
        from transformers import BertModel, logging

        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        bert: Any = BertModel.from_pretrained(
            str(folder), add_pooling_layer=False, attention_probs_dropout_prob=0.0, attn_implementation="sdpa"
        )
        self.embeddings, layers = bert.embeddings, bert.encoder.layer
        self.lower, self.upper = nn.ModuleList(layers[:frozen_layers]), nn.ModuleList(layers[frozen_layers:])
        size = int(bert.config.hidden_size)
        self.segment = nn.Parameter(torch.zeros(len(self.upper), SEGMENTS, size))
        self.score = nn.Linear(size, 1)
        self.span = nn.Linear(size, 2)
        for part in (self.embeddings, self.lower):
            part.requires_grad_(False)

    def train(self, mode: bool = True) -> RowModel:
        """Set the mode of training; the frozen part never drops out."""
        super().train(mode)
        self.embeddings.eval()
        self.lower.eval()
        return self

    def forward(self, ids: Tensor, segments: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Log-odds of each token that its sentence answers, and of each to be first and last of the words that do.

        All inputs have the shape (rows, tokens), so has the first result; the second (rows, tokens, 2). Tokens outside
        the sentences have -1e4 as first and last.
        """
        added = (1.0 - mask[:, None, None, :].to(torch.float32)) * -1e9
        with torch.no_grad():
            hidden = self.embeddings(input_ids=ids, token_type_ids=torch.zeros_like(ids))
            for layer in self.lower:
                hidden = _first(layer(hidden, added))
        for layer, own in zip(self.upper, self.segment, strict=True):
            hidden = _first(layer(hidden + own[segments], added))
        outside = ((segments != SENTENCE) | (mask == 0))[:, :, None]
        return self.score(hidden)[:, :, 0], self.span(hidden).masked_fill(outside, -1e4)

    def trained_state(self) -> dict[str, Tensor]:
        """The tensors that are trained, by name."""
        return {name: value.detach() for name, value in self.named_parameters() if value.requires_grad}

    def load_trained(self, tensors: dict[str, Tensor]) -> None:
        """Put trained tensors in place: those of all trained layers or, if fewer were trained, of the topmost ones.

        The layers below those stay as they are. Raises ValueError if a tensor is missing or unknown.
        """
        own = {name: value for name, value in self.named_parameters() if value.requires_grad}
        below = len(self.upper) - len({_layer(name) for name in tensors if name.startswith("upper.")})
        placed: dict[str, Tensor] = {
            name: value for name, value in own.items() if name.startswith("upper.") and _layer(name) < below
        }
        for name, value in tensors.items():
            if name.startswith("upper."):
                name = ".".join(("upper", str(_layer(name) + below), *name.split(".")[2:]))
            elif name == "segment":
                value = torch.cat(
                    [torch.zeros(below, *value.shape[-2:], dtype=value.dtype), value.reshape(-1, *value.shape[-2:])]
                )
            placed[name] = value
        if own.keys() != placed.keys():
            raise ValueError(f"not the tensors of this model: {sorted(own.keys() ^ placed.keys())}")
        with torch.no_grad():
            for name, value in own.items():
                value.copy_(placed[name])


def _layer(name: str) -> int:
    """The number of the layer that a tensor `upper.N.…` is of."""
    return int(name.split(".")[1])


def _first(output: Any) -> Tensor:
    """The hidden states of a layer: some versions of transformers return them in a tuple."""
    result: Tensor = output[0] if isinstance(output, tuple) else output
    return result


def stack_rows(rows: Sequence[Row]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, segments and mask of rows, each of shape (rows, longest row)."""
    ids, segments, mask = map(torch.from_numpy, pad_rows(rows))
    return ids, segments, mask
