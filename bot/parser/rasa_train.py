"""``python -m bot.parser.rasa_train …``: ``rasa train`` that reads our messages once, and quickly.

Rasa checks each file against a schema by a second, slower reading, parses YAML in Python alone, and copies every message
whenever two files become one: a minute for ours, whose form our own tests check.
"""

from __future__ import annotations

import sys
from typing import Any

import yaml
from rasa.__main__ import main
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData


def _messages(reader: RasaYAMLReader, text: str, **_: Any) -> TrainingData:
    """The messages of one file."""
    content = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    reader._parse_nlu(content.get("nlu"))
    return TrainingData(reader.training_examples)


def _together(first: TrainingData, *others: TrainingData | None) -> TrainingData:
    """Several files' messages as one. Ours hold nothing else."""
    found = list(first.training_examples)
    for one in others:
        found += one.training_examples if one else []
    return TrainingData(found)


if __name__ == "__main__":
    RasaYAMLReader.reads = _messages
    TrainingData.merge = _together
    sys.argv[1:1] = ["train"]
    main()
