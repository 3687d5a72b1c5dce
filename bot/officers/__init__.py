"""Education officers mend what is misread: collect, label, check, train, compare, promote, roll back."""

from bot.officers.collecting import Collector
from bot.officers.labelling import Labelling, Wrong
from bot.officers.places import Places
from bot.officers.promoting import Promoting
from bot.officers.training import Trainer

__all__ = ["Collector", "Labelling", "Places", "Promoting", "Trainer", "Wrong"]
