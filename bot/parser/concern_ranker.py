"""The component of Rasa's pipeline that ranks dialogue acts and categories of concern, and says how sure danger is."""

from __future__ import annotations

import logging
import os
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.parser.examples import DANGER, NOTHING, Example, of_acts, of_categories, of_danger, of_nothing
from bot.parser.features import WordFeatures
from bot.parser.ranking import Ranked, Ranking, combined
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.wording import parts

logger = logging.getLogger(__name__)

SAY = "say"
FILE = "rankings.joblib"
RANKINGS = ("categories", "acts", "danger")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class ConcernRanker(GraphComponent):
    """Sets ``acts``, ``categories`` and ``danger`` on each message; Rasa's own intent is always ``say``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Chosen by measurement (docs/decisions): cost and weight of meaning of each ranking; the limits to act on."""
        return {
            "categories": {"cost": 0.3, "meaning": 0.8},
            "acts": {"cost": 0.5, "meaning": 1.0},
            "danger": {"cost": 1.0, "meaning": 1.0},
            "tell_per_category": 12,
            "offer_above": 0.05,
            "danger_above": 0.4,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, threads: int = 1
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._vectors = SentenceVectors(threads)
        self._words = WordFeatures()
        self._rankings: dict[str, Ranking] = {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConcernRanker:
        """A component that is about to be trained."""
        return cls(config, model_storage, resource, threads=os.cpu_count() or 1)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ConcernRanker:
        """The component as it was trained."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._words, component._rankings = joblib.load(folder / FILE)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the three rankings from the messages in ``data/nlu``."""
        examples = examples_in(training_data)
        logger.info("Learning what %d messages mean.", len(examples))
        texts = list(dict.fromkeys(one.text for one in examples))
        self._words.learn(texts)
        seen, row_of = self._words.see(texts, self._vectors), {text: row for row, text in enumerate(texts)}

        def learn(name: str, learned_from: list[str], labels: list[str], **more: Any) -> None:
            logger.info("Learning %s from %d messages.", name, len(labels))
            ranking = Ranking(**self._config[name])
            ranking.fit(seen.rows([row_of[text] for text in learned_from]), labels, **more)
            self._rankings[name] = ranking

        told, nothing = of_categories(examples), of_nothing(examples)
        learn(
            "categories",
            [one.text for one in (*told, *nothing)],
            [one.category or NOTHING for one in (*told, *nothing)],
            also=[one.also for one in told] + [()] * len(nothing),
        )
        acts = of_acts(examples, self._config["tell_per_category"])
        learn("acts", [text for text, _ in acts], [act for _, act in acts])
        danger = of_danger(examples)
        learn(
            "danger",
            [row[0] for row in danger],
            [row[1] for row in danger],
            weights=[row[2] for row in danger],
        )
        with self._storage.write_to(self._resource) as folder:
            joblib.dump((self._words, self._rankings), folder / FILE, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing stands after this component that would learn from it."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank each message, a long one part by part."""
        for message in messages:
            ranked = self._ranked(message.get(TEXT) or "")
            message.set(INTENT, {"name": SAY, "confidence": 1.0}, add_to_output=True)
            message.set("acts", _output(ranked["acts"]), add_to_output=True)
            message.set("categories", _output(ranked["categories"]), add_to_output=True)
            message.set("danger", round(dict(ranked["danger"]).get(DANGER, 0.0), 4), add_to_output=True)
            limits = {"offer": self._config["offer_above"], "danger": self._config["danger_above"]}
            message.set("limits", limits, add_to_output=True)
        return messages

    def _ranked(self, text: str) -> dict[str, Ranked]:
        if not text.strip() or not self._rankings:
            return {name: [] for name in RANKINGS}
        seen = self._words.see(parts(text), self._vectors)
        return {name: combined(self._rankings[name].rank(seen)) for name in RANKINGS}


def examples_in(training_data: TrainingData) -> list[Example]:
    """Every message of the training data with its intent and what is noted beside it."""
    examples = []
    for message in training_data.intent_examples:
        noted = ((message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}) if message.get(METADATA) else {}
        also = tuple(noted.get("also") or ())
        danger = str(noted.get("danger", "")).lower()
        examples.append(Example((message.get(TEXT) or "").strip(), message.get_full_intent(), also, danger))
    return examples


def _output(ranking: Ranked | None) -> list[dict[str, Any]]:
    return [
        {"name": label, "confidence": round(chance, 4)} for label, chance in ranking or [] if label != NOTHING
    ]
