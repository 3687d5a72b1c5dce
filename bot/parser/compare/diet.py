"""Rasa's own classifier, DIET, on counted words and pieces of words: one intent for each category and act."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from bot.parser.compare.ways import TELL_PER_CATEGORY, Reading
from bot.parser.examples import Example, of_acts, of_categories

OF_CATEGORY = "concern:"
"""Before a category's code; with a stroke Rasa would take them for one intent."""
CONFIG: dict[str, Any] = {
    "recipe": "default.v1",
    "language": "en",
    "assistant_id": "compared",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 2, "max_ngram": 4},
        {
            "name": "DIETClassifier",
            "epochs": 30,
            "number_of_transformer_layers": 0,
            "ranking_length": 0,
            "entity_recognition": False,
        },
    ],
}


class Diet(NamedTuple):
    """DIET without a transformer layer, 30 rounds: as much as two cores learn in some minutes."""

    name: str

    def learn(self, messages: Sequence[Example], folder: Path) -> None:
        """By Rasa's own training."""
        import rasa.model_training

        rows = [(one.text, OF_CATEGORY + one.category) for one in of_categories(messages)]
        rows += of_acts(messages, TELL_PER_CATEGORY)
        random.Random(len(rows)).shuffle(rows)
        by_intent: dict[str, list[dict[str, str]]] = {}
        for text, intent in rows:
            by_intent.setdefault(intent, []).append({"text": text})
        nlu = [{"intent": intent, "examples": found} for intent, found in by_intent.items()]
        (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True))
        (folder / "config.yml").write_text(yaml.safe_dump(CONFIG))
        rasa.model_training.train_nlu(
            str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder), fixed_model_name="diet"
        )

    def load(self, folder: Path) -> Reading:
        """By Rasa's own agent; categories and acts are parted in its one ranking."""
        from rasa.core.agent import Agent

        agent = Agent.load(folder / "diet.tar.gz")
        loop = asyncio.new_event_loop()

        def read(text: str) -> Any:
            ranked = loop.run_until_complete(agent.parse_message(text))["intent_ranking"]
            found = [(one["name"], one["confidence"]) for one in ranked]
            told = [(name[len(OF_CATEGORY) :], sure) for name, sure in found if name.startswith(OF_CATEGORY)]
            return _anew(told), _anew([one for one in found if not one[0].startswith(OF_CATEGORY)])

        return read


def _anew(ranked: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """As chances among these alone."""
    total = sum(sure for _, sure in ranked) or 1.0
    return [(name, sure / total) for name, sure in ranked]
