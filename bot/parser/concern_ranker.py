"""The component of Rasa's pipeline that ranks dialogue acts and categories of concern, and says how sure danger is."""

from __future__ import annotations

import logging
from collections.abc import Set
from pathlib import Path
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.parser.examples import DANGER, NOTHING, Example
from bot.parser.features import Seen
from bot.parser.kept_tuning import tuned_for
from bot.parser.learning import Learned, learn, tune_to
from bot.parser.ranking import Ranked, combined
from bot.parser.sentence_vectors import SentenceVectors
from bot.parser.wording import parts, sentences

logger = logging.getLogger(__name__)

SAY = "say"
RANKED, SENTENCES = "rankings.joblib", "sentences.onnx"
RANKINGS = ("categories", "acts", "danger")
LEAST_TOLD, LEAST_NEAR = 0.2, 0.02
"""How likely an option must be told to be spoken of at all, and the category whose question it is."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class ConcernRanker(GraphComponent):
    """Sets ``acts``, ``categories`` and ``danger`` on each message; Rasa's own intent is always ``say``."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Chosen by measurement (docs/decisions): cost of a mistake while words are learned, and the shares of the
        sentence model and of the messages most like it, of each ranking; the limits to act on. ``kept_in``: folder where the tuned sentence model is kept.
        """
        return {
            "categories": {"cost": 0.3, "share": 0.5, "alike": 0.35},
            "acts": {"cost": 0.5, "share": 0.5, "alike": 0.35},
            "danger": {"cost": 1.0, "share": 0.5, "alike": 0.35},
            "signs": {"cost": 20.0},
            "tell_per_category": 12,
            "offer_above": 0.05,
            "danger_above": 0.11,
            "told_above": 0.6,
            "told_alone_above": 0.45,
            "kept_in": "models",
        }

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._learned: Learned | None = None
        self._vectors: SentenceVectors | None = None

    @property
    def _limits(self) -> dict[str, float]:
        """From where on the reader offers a category, hears danger, and takes an option as told."""
        named = {
            "offer": "offer_above",
            "danger": "danger_above",
            "told": "told_above",
            "told_alone": "told_alone_above",
        }
        return {name: float(self._config[setting]) for name, setting in named.items()}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ConcernRanker:
        """A component that is about to be trained."""
        return cls(config, model_storage, resource)

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
            component._learned = Learned(*joblib.load(folder / RANKED))
            component._vectors = SentenceVectors(folder / SENTENCES)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the three rankings from the messages in ``data/nlu``."""
        examples = examples_in(training_data)
        logger.info("Learning what %d messages mean.", len(examples))
        tuning = [one for one in examples if one.tunes]
        tell = self._config["tell_per_category"]
        made_from = (tell, *(one.as_tuned for one in tuning))
        tuned = tuned_for(made_from, Path(self._config["kept_in"]), lambda: tune_to(tuning, tell))
        with self._storage.write_to(self._resource) as folder:
            learned = learn(examples, tuned, self._config, folder / SENTENCES)
            joblib.dump(tuple(learned), folder / RANKED, compress=3)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing stands after this component that would learn from it."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank each message, a long one part by part."""
        for message in messages:
            ranked, told = self._read(message.get(TEXT) or "")
            message.set(INTENT, {"name": SAY, "confidence": 1.0}, add_to_output=True)
            message.set("acts", _output(ranked["acts"]), add_to_output=True)
            message.set("categories", _output(ranked["categories"]), add_to_output=True)
            message.set("danger", round(dict(ranked["danger"]).get(DANGER, 0.0), 4), add_to_output=True)
            message.set("told", told, add_to_output=True)
            message.set("limits", self._limits, add_to_output=True)
        return messages

    def _read(self, text: str) -> tuple[dict[str, Ranked], list[dict[str, Any]]]:
        """The three rankings, and what is told of the packs' questions."""
        if not text.strip() or self._learned is None or self._vectors is None:
            return {name: [] for name in RANKINGS}, []
        seen = self._learned.words.see(parts(text), self._vectors)
        ranked = {name: combined(ranking) for name, ranking in self._learned.rank(seen).items()}
        near = {name for name, chance in ranked["categories"] if chance >= LEAST_NEAR}
        return ranked, _told(self._learned, self._vectors, text, seen, near)


def _told(
    learned: Learned, vectors: SentenceVectors, text: str, seen: Seen, near: Set[str]
) -> list[dict[str, Any]]:
    """The options that the message may tell, each with the sentence that speaks most for it."""
    places = sentences(text)
    apart = learned.words.see(places, vectors) if len(places) > 1 else seen
    return [
        {"name": name, "confidence": round(chance, 4), "words": places[row], "of": learned.signs.of(name)}
        for name, chance, row in learned.signs.read(seen, apart, LEAST_TOLD, near)
    ]


def examples_in(training_data: TrainingData) -> list[Example]:
    """Every message of the training data with its intent and what is noted beside it."""
    examples = []
    for message in training_data.intent_examples:
        noted = ((message.get(METADATA) or {}).get(METADATA_EXAMPLE) or {}) if message.get(METADATA) else {}
        also = tuple(noted.get("also") or ())
        danger = str(noted.get("danger", "")).lower()
        text, intent = (message.get(TEXT) or "").strip(), message.get_full_intent()
        told = None if noted.get("told") is None else frozenset(noted["told"])
        examples.append(
            Example(text, intent, also, danger, bool(noted.get("officers")), told, bool(noted.get("story")))
        )
    return examples


def _output(ranking: Ranked | None) -> list[dict[str, Any]]:
    return [
        {"name": label, "confidence": round(chance, 4)} for label, chance in ranking or [] if label != NOTHING
    ]
