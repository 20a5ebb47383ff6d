"""A CrossEncoder that the user names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from assistant.config.schema import RankingSettings
from assistant.errors import ModelError
from assistant.ranking.cross_encoder import CrossEncoderRanker, EntailmentReader
from assistant.ranking.loader import load_ranker
from assistant.ranking.ranker import Reading

LABELS = ("CONTRADICTION", "entailment", "neutral")


def make_model(folder: Path, labels: int = 1, *, says: str = "") -> Path:
    """A tiny CrossEncoder with random weights; one for inference that `says` the same label of every pair."""
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"abcdefgh.?"]
    folder.mkdir()
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    options: dict[str, Any] = {
        "vocab_size": len(words), "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 8, "max_position_embeddings": 32, "num_labels": labels,
    }  # fmt: skip
    if says:
        options |= {"num_labels": 3, "id2label": dict(enumerate(LABELS)), "label2id": {}}
    config = AutoConfig.for_model("bert", **options)
    config.save_pretrained(folder)
    AutoTokenizer.from_pretrained(folder).save_pretrained(folder)
    torch.manual_seed(1)
    model = AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]
    if says:
        model.classifier.weight.data.zero_()
        model.classifier.bias.data = torch.tensor([9.0 * (label == says) for label in LABELS])
    model.save_pretrained(folder)
    return folder


@pytest.mark.campaign
@pytest.mark.slow
def test_cross_encoder_of_a_folder(tmp_path: Path) -> None:
    """Its scores are given for each pair, in order, without words."""
    ranker = load_ranker(RankingSettings(model=str(make_model(tmp_path / "own"))))
    assert isinstance(ranker, CrossEncoderRanker)
    texts = [("a b", "c d e f"), ("", "h")]
    scores = ranker.score("a?", texts)
    assert ranker.score("a?", texts[::-1]) == pytest.approx(scores[::-1], abs=1e-5)
    assert len(set(scores)) == 2
    assert ranker.read("a?", texts) == [Reading(score) for score in scores]
    assert ranker.score("a?", []) == []
    assert ranker.runs_on.startswith("torch on ")


@pytest.mark.slow
def test_unusable_models_are_errors(tmp_path: Path) -> None:
    """A folder without a model and a model that does not rank are told, with the setting."""
    with pytest.raises(ModelError, match=r"ranking\.model: this model gives 3 figures for a pair"):
        load_ranker(RankingSettings(model=str(make_model(tmp_path / "three", labels=3))))
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(ModelError, match="cannot be loaded as a CrossEncoder"):
        load_ranker(RankingSettings(model=str(tmp_path / "empty")))


@pytest.mark.campaign
@pytest.mark.slow
def test_models_for_inference(tmp_path: Path) -> None:
    """Entailment and contradiction are found by their names; a model with other labels is told, with the setting."""
    reader = EntailmentReader(str(make_model(tmp_path / "yes", says="entailment")))
    assert reader.read([]) == []
    ((entailed, contradicted), _) = reader.read([("a b", "a"), ("c", "d")])
    assert entailed > 0.99 > 0.01 > contradicted
    with pytest.raises(ModelError, match=r"writer\.nli: the labels of this model are label_0"):
        EntailmentReader(str(make_model(tmp_path / "ranks"))).read([("a", "b")])


def test_missing_model_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is neither a folder nor a name is told."""
    with pytest.raises(ModelError, match=r"ranking\.model: a b/c\?d is neither a folder nor the name of a model"):
        load_ranker(RankingSettings(model="a b/c?d"))
