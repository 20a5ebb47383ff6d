"""The packaged ranker as a graph of OpenVINO, made from the tensors of the embedder and the trained ones. No torch.

Each token sees the question and the sentence: the layers were trained, with a vector for each segment added before each
(lower ones may be those of the embedder, unchanged). tests/training/model.py is the same model in torch. Layers are of
floating point numbers, or quantised by tests/training/quantizing.py: then inputs and weights are multiplied as bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.embedding.conversion import import_openvino

Tensors = Mapping[str, npt.NDArray[Any]]

HEADS = 12  # of attention, in MiniLM-L6
LAYERS = 6
EPSILON = 1e-12  # of the normalisation
_FAR = 1e9  # what is subtracted from the attention to padding
_STEPS = 256  # values of a quantised input


def build_graph(base: Tensors, trained: Tensors) -> Any:
    """The model of the packaged embedder's tensors `base` and of the `trained` ones (docs/ranker.md), for one batch.

    Inputs: ids, segments and mask, int64, shape (rows, tokens). Outputs: log-odds for each token, shape (rows, tokens),
    of which a sentence has the mean, and how likely each token is the first and the last of the words that answer,
    shape (rows, tokens, 2). Raises KeyError if a tensor is missing.
    """
    openvino = import_openvino()
    from openvino import opset13 as ops

    ids, segments, mask = (ops.parameter([-1, -1], np.int64, name=name) for name in ("ids", "segments", "mask"))
    graph = _Graph(ops)
    size = base["embeddings.word_embeddings.weight"].shape[1]
    length = ops.gather(ops.shape_of(ids), graph.number(1), graph.number(0))
    places = ops.range(graph.number(0), length, graph.number(1), "i64")
    hidden = ops.add(
        ops.gather(graph.weight(base["embeddings.word_embeddings.weight"]), ids, graph.number(0)),
        ops.gather(graph.weight(base["embeddings.position_embeddings.weight"]), places, graph.number(0)),
    )
    hidden = ops.add(hidden, graph.weight(base["embeddings.token_type_embeddings.weight"][0]))
    hidden = graph.normalize(hidden, base, "embeddings.LayerNorm")
    seen = ops.convert(mask, "f32")
    padding = ops.multiply(ops.subtract(graph.weight([1.0]), seen), graph.weight([-_FAR]))
    padding = ops.unsqueeze(padding, ops.constant(np.array([1, 2], dtype=np.int64)))
    upper = 1 + max(int(name.split(".")[1]) for name in trained if name.startswith("upper."))
    for layer in range(LAYERS - upper):
        hidden = graph.transform(hidden, padding, base, f"encoder.layer.{layer}", size)
    for layer in range(upper):
        hidden = ops.add(hidden, ops.gather(graph.weight(trained["segment"][layer]), segments, graph.number(0)))
        hidden = graph.transform(hidden, padding, trained, f"upper.{layer}", size)
    score = ops.squeeze(graph.linear(hidden, trained, "score"), graph.number(2))
    ends = graph.linear(hidden, trained, "span")
    return openvino.Model([score, ends], [ids, segments, mask], "ranker")


class _Graph:
    """The parts of a BERT model."""

    def __init__(self, ops: Any) -> None:
        self._ops = ops

    def number(self, value: int) -> Any:
        return self._ops.constant(value, np.int64)

    def weight(self, value: npt.ArrayLike) -> Any:
        return self._ops.constant(np.asarray(value, dtype=np.float32))

    def linear(self, inputs: Any, tensors: Tensors, *names: str, of: str = "") -> Any:
        """A linear map of inputs to the outputs of all maps called `names`, in this order; `of` names their input."""
        weights = np.concatenate([tensors[f"{name}.weight"] for name in names])
        if weights.dtype == np.int8:
            inputs = self._quantize(inputs, tensors, of or names[0])
            scales = np.concatenate([tensors[f"{name}.scale"] for name in names])
            factors = self._ops.convert(self._ops.constant(weights), "f32")
            factors = self._ops.multiply(factors, self.weight(scales))
        else:
            factors = self.weight(weights)
        product = self._ops.matmul(inputs, factors, False, True)
        return self._ops.add(product, self.weight(np.concatenate([tensors[f"{name}.bias"] for name in names])))

    def _quantize(self, inputs: Any, tensors: Tensors, name: str) -> Any:
        """The inputs, each multiplied with its factor, as one of the steps of their range."""
        low, high = (self.weight(end) for end in tensors[f"{name}.range"])
        scaled = self._ops.multiply(inputs, self.weight(tensors[f"{name}.factors"]))
        return self._ops.fake_quantize(scaled, low, high, low, high, _STEPS)

    def normalize(self, inputs: Any, tensors: Tensors, name: str) -> Any:
        ops = self._ops
        centred = ops.mvn(inputs, ops.constant(np.array([-1], dtype=np.int64)), True, EPSILON, "inside_sqrt")
        scaled = ops.multiply(centred, self.weight(tensors[f"{name}.weight"]))
        return ops.add(scaled, self.weight(tensors[f"{name}.bias"]))

    def transform(self, hidden: Any, padding: Any, tensors: Tensors, name: str, size: int) -> Any:
        """A layer: attention and the network after it, each added to its input and normalised."""
        ops = self._ops
        own = f"{name}.attention.self"
        projected = self.linear(hidden, tensors, *(f"{own}.{part}" for part in ("query", "key", "value")), of=own)
        apart = ops.constant(np.array([0, 0, 3, HEADS, size // HEADS], dtype=np.int64))
        projected = ops.transpose(ops.reshape(projected, apart, True), ops.constant(np.array([2, 0, 3, 1, 4])))
        query, key, value = (
            ops.squeeze(part, self.number(0)) for part in ops.split(projected, self.number(0), 3).outputs()
        )
        swap = ops.constant(np.array([0, 2, 1, 3], dtype=np.int64))
        attended = ops.transpose(ops.scaled_dot_product_attention(query, key, value, padding), swap)
        attended = ops.reshape(attended, ops.constant(np.array([0, 0, size], dtype=np.int64)), True)
        attended = ops.add(self.linear(attended, tensors, f"{name}.attention.output.dense"), hidden)
        attended = self.normalize(attended, tensors, f"{name}.attention.output.LayerNorm")
        wide = ops.gelu(self.linear(attended, tensors, f"{name}.intermediate.dense"), "erf")
        narrow = ops.add(self.linear(wide, tensors, f"{name}.output.dense"), attended)
        return self.normalize(narrow, tensors, f"{name}.output.LayerNorm")
