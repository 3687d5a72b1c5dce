"""One turn: what was understood, read against the question now open, becomes effects and replies."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue import wording
from bot.dialogue.aside_words import HANDOFF_INSTEAD
from bot.dialogue.asides import ASIDES, aside
from bot.dialogue.choosing import Turn, take_choice
from bot.dialogue.correcting import correct
from bot.dialogue.history import ALLEGATION_ABOUT, CATEGORIES, DATES, HOME, Effect, EffectKind, State
from bot.dialogue.homes import OTHER, Homes
from bot.dialogue.steps import DANGER, LOWERING_REASON, NARRATIVE, NONE_OF_THESE, Step
from bot.dialogue.telling import tell, tells_a_worry
from bot.dialogue.ticks import agrees, denies, ends_list, leaves_some_out, says_no_more, says_only_no, settles
from bot.dialogue.understanding import BY_MODEL, Understanding
from bot.thresholds import NOT_KNOWN, NOT_SAID, NOT_SURE, Answers, Pack, Value, assess, in_part

ABOUT_ONESELF, RESTART = "worried_for_self", "restart"
COURTESIES = frozenset({"greet", "thank", "out_of_scope", "not_english", "abuse"})
"""What a message may be beside a worry, which then comes first."""
ASKED_OF_A_WORRY = frozenset(
    {"ask_consent", "ask_threshold", "ask_out_of_hours", "ask_early_help", "ask_status", "human_handoff"}
)
"""What staff ask in one breath with the worry itself."""
ASKED_ON_THE_WAY = ASKED_OF_A_WORRY | {"ask_why", "ask_meaning"}
_SENTENCES = re.compile(r"[.?!;]\s+\S|\b(?:also|btw|oh and|by the way)\b", re.I)
SHORT, LONG = 4, 7
"""Words: so few are a question at most; more than seven may ask and tell."""
_ASKS = re.compile(
    r"\?|^\W*(?:\w+\W+){0,3}?(?:what|who|whom|how|when|where|why|which|can|could|do|does|did|should|shall|is|are|will|"
    r"may|must|am|tell me|explain|need to (?:talk|speak)|want to (?:talk|speak)|speak to|talk to)\b",
    re.I,
)
"""A question, or a wish to talk; “the family has a TAF meeting” is neither."""
_CHILDREN = re.compile(
    r"\b(?:kids?|child(?:ren)?|sons?|daughters?|baby|babies|(?:little|my|our) (?:boy|girl|one)s?)\b", re.I
)
ALLEGATION = "staff_allegation"
"""The category of a worry about an adult who works with children."""
STEPS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_HOW_FAR = re.compile(r"\bback (?P<steps>two|three|four|five|[2-5])\b", re.I)
MOST_MISSES = 2
"""So often the same is said to a list; then a person is named."""
NAMED = "[NAME]"
"""What redaction leaves of a name."""
MOST_CAREFUL = ("tell", "ask_first", "do_not_tell")
"""What may be advised on telling parents, the most careful last."""


def take_message(
    pack: Pack, state: State, step: Step | None, said: Understanding, homes: Homes | None = None
) -> Turn:
    """A message in words. It may answer the open question, tell something new, ask an aside, or all three."""
    turn, homes = state.last_turn + 1, homes or Homes(pack)
    if said.act == RESTART and tells_a_worry(said):
        return _anew(state, said, homes)
    danger = Turn() if _denies_danger(step, said) else _danger(state, said, turn)
    near = homes.of(step.child if step is not None else "").pack  # whom to ring is said of that child
    control = _control(near, state, step, said, turn, homes)
    if control is not None and not _opens_with(step, said):
        return Turn(danger.effects + control.effects, danger.replies + control.replies)
    answered = _answer(pack, state, step, said, homes)
    told = tell(homes, state, step, said, answered is not None)
    corrected = correct(homes, state, said, told)
    effects = danger.effects + corrected.effects + told.effects + (answered.effects if answered else ())
    replies = danger.replies + (answered.replies if answered else ()) + told.replies + corrected.replies
    if control is not None:
        return Turn(effects + control.effects, replies + control.replies)
    if not told.missed or danger.replies or corrected.replies or answered is not None:
        return Turn(effects, replies)
    if not said.parser_up:
        return Turn(effects, (*told.replies, wording.PARSER_DOWN), missed=True)
    missed = _missed(near, state, step)
    return replace(missed, effects=effects, replies=(*told.replies, *missed.replies))


def _anew(state: State, said: Understanding, homes: Homes) -> Turn:
    """Start again with the worry that the same message tells."""
    fresh = State(Answers(children=state.children), last_turn=state.last_turn, children=state.children)
    danger, told = _danger(fresh, said, state.last_turn + 1), tell(homes, fresh, None, said, False)
    again = Effect(EffectKind.RESTART, turn=state.last_turn + 1)
    return Turn(
        (again, *danger.effects, *told.effects), (*danger.replies, wording.RESTARTED_WITH, *told.replies[1:])
    )


def _danger(state: State, said: Understanding, turn: int) -> Turn:
    """Immediate danger is answered first, whatever else the message says; an earlier “no” is asked again."""
    if not said.danger:
        return Turn()
    given = state.answers.get("", DANGER)
    about = {
        state.about_colleague,
        *(one.value for one in said.suggestions if one.question == ALLEGATION_ABOUT),
    }
    first = wording.DANGER_ABOUT_DSL if "dsl" in about else wording.DANGER_FIRST
    if given == "yes":
        return Turn((), (first,))
    effects = [Effect(EffectKind.SUGGESTION, DANGER, "yes", words=said.redacted, turn=turn)]
    if given is not None:
        effects.insert(0, Effect(EffectKind.REOPENED, DANGER, turn=turn))
    return Turn(tuple(effects), (first,))


def _opens_with(step: Step | None, said: Understanding) -> bool:
    """Whether a message asks something and tells a worry too: then both are taken up."""
    words = len(said.redacted.split())
    if said.beside:
        return True
    if step is None or step.id != NARRATIVE:
        apart = len(_SENTENCES.findall(said.redacted)) > 0
        return said.act in ASKED_ON_THE_WAY and words > LONG and apart and tells_a_worry(said)
    if said.act == ABOUT_ONESELF:
        return _CHILDREN.search(said.redacted) is not None
    if said.act not in ASKED_OF_A_WORRY:
        return False
    asks = words <= SHORT or _ASKS.search(said.redacted) is not None
    return not asks or (words > LONG and tells_a_worry(said))


def _control(
    pack: Pack, state: State, step: Step | None, said: Understanding, turn: int, homes: Homes
) -> Turn | None:
    """Acts that steer the conversation, and asides that are answered before going back to the question."""
    match said.act:
        case "go_back":
            if state.restarted:
                return Turn((Effect(EffectKind.UNDO, turn=turn),), (wording.UNDONE_RESTART,))
            if not state.answers.given:
                return Turn((), (wording.NOTHING_TO_GO_BACK_TO,))
            steps = _steps_back(said.redacted)
            return Turn((Effect(EffectKind.UNDO, turn=turn),) * steps, (wording.went_back(steps),))
        case act if act in COURTESIES and (tells_a_worry(said) or said.beside):
            return None  # “thanks, she also said dad hits her”
        case _ if step is not None and _speaks_to(step, said):
            return None  # “LAC”, “sw closed in may”
        case "restart":
            return Turn((Effect(EffectKind.RESTART, turn=turn),), (wording.RESTARTED,))
        case "ask_consent" if state.about_colleague in HANDOFF_INSTEAD and NAMED in said.redacted:
            # “Can I tell Mrs Okafor?”: it may be whom the worry is about.
            return Turn((), aside(pack, step, "human_handoff", said.redacted, about=state.about_colleague))
        case act if act in ASIDES and said.answer is None:
            here = _parents_here(state, homes) if act == "ask_consent" else ()
            says = aside(pack, step, act, said.redacted, about=state.about_colleague)
            return Turn(_of_a_colleague(pack, state, said, turn), (*here, *says))
        case _:
            return None


def _speaks_to(step: Step, said: Understanding) -> bool:
    """Whether something was read for the open question, and nothing is asked: “LAC”, “sw closed in may”."""
    return any(one.question == step.id for one in said.suggestions) and not _ASKS.search(said.redacted)


def _of_a_colleague(pack: Pack, state: State, said: Understanding, turn: int) -> tuple[Effect, ...]:
    """Who begins with “a colleague worries me” has told what the worry is about."""
    if said.act != "about_colleague" or ALLEGATION not in pack.categories or state.told:
        return ()
    return (
        Effect(EffectKind.SUGGESTION, CATEGORIES, frozenset({ALLEGATION}), words=said.redacted, turn=turn),
    )


def _steps_back(text: str) -> int:
    """How many steps “go back three steps” means: one unless it says."""
    said = _HOW_FAR.search(text)
    return STEPS[said["steps"].lower()] if said else 1


def _answer(pack: Pack, state: State, step: Step | None, said: Understanding, homes: Homes) -> Turn | None:
    """What the message answers to the open question, if it does."""
    if step is None or step.id == NARRATIVE:
        return None
    if step.id == LOWERING_REASON:
        return take_choice(pack, state, LOWERING_REASON, "", words=said.redacted)
    if step.id in (CATEGORIES, DATES) and (said.act in ("affirm", "deny") or settles(step, said)):
        everything = step.suggested if isinstance(step.suggested, frozenset) else frozenset()
        if leaves_some_out(said):
            return Turn((), (wording.UNTICK_THEM,))
        first = step.id == CATEGORIES and ("", CATEGORIES) not in state.answers.given
        if first and everything and says_only_no(said):
            return Turn((), (wording.NO_TO_WHAT,), missed=True)
        ticked = _of_denied(state, step) if denies(said) else everything
        taken = take_choice(pack, state, step.id, ticked, homes=homes)
        labels = [option.label for option in step.options if option.value in ticked]
        noted = wording.ASKED_NEXT if NOT_SURE in ticked else wording.noted_ticks(labels)
        return replace(taken, replies=(noted, *taken.replies))
    if step.id in (CATEGORIES, DATES) and said.act == "dont_know":
        if state.misses >= MOST_MISSES:
            return None  # said again and again: whom to ring
        return Turn((), (wording.UNSURE_OF_TICKS,), missed=True)
    value = _value(step, said)
    if value is None:
        return None
    value, whole = _with_told(state, step, said, value)
    taken = take_choice(pack, state, step.id, value, step.child, said.redacted, homes=homes, told=not whole)
    asked = homes.asking(step.id, step.child).find_question(step.id)
    return (
        replace(taken, replies=(wording.noted(asked, value), *taken.replies)) if asked is not None else taken
    )


def _value(step: Step, said: Understanding) -> Value | None:
    """The answer that a message gives to the open question; None where it fits none."""
    if ends_list(step, said) and step.suggested is not None and step.id != CATEGORIES:
        return step.suggested
    if said.answer is not None:
        value = said.answer.value
        beside = step.id == DANGER and value == "no" and said.danger and not _denies_danger(step, said)
        if beside or _tells_of(step, said, value):
            return None  # asked again, with what was said
        return None if step.id == HOME and value == OTHER else value
    if step.id == CATEGORIES:
        return None
    if said.act == "dont_know":
        return NOT_SURE
    return step.suggested if agrees(step, said) else None


def _denies_danger(step: Step | None, said: Understanding) -> bool:
    """Whether a plain “no” answers the question about danger, and no rule met danger beside it."""
    asked = step is not None and step.id == DANGER and said.answer is not None
    return asked and said.answer is not None and said.answer.value == "no" and set(said.danger) <= {BY_MODEL}


def _tells_of(step: Step, said: Understanding, value: Value) -> bool:
    """Whether “no idea” stands beside an answer after all: “no idea, he was left alone once”."""
    unknown = value in (NOT_SURE, NOT_KNOWN)
    return unknown and any(one.question == step.id for one in said.suggestions)


def _of_denied(state: State, step: Step) -> frozenset[str]:
    """What a bare “no” leaves ticked: nothing, the first time.

    Where a worry was told beside a later question, “no” may answer that question: what was confirmed before
    stays, and what is new is asked about.
    """
    given = state.answers.get("", step.id)
    if step.id != CATEGORIES or not isinstance(given, frozenset):
        return frozenset()
    return given - {NONE_OF_THESE} | {NOT_SURE}


def _with_told(state: State, step: Step, said: Understanding, value: Value) -> tuple[Value, bool]:
    """An answer in words with what was told of the same list before, and whether the list is done with.

    “Yes” stands for all that is ticked, “no” or “that's all” for nothing else; more ticks leave it open.
    """
    given = state.answers.get(step.child, step.id)
    before = given - {NOT_SAID} if in_part(given) and isinstance(given, frozenset) else frozenset[str]()
    ends = said.answer is None or ends_list(step, said)
    if not isinstance(value, frozenset):
        return value, True
    if value == frozenset({NONE_OF_THESE}):
        return (before or value), True
    return value | before, ends or says_no_more(said)


def _missed(pack: Pack, state: State, step: Step | None) -> Turn:
    """First the options again, then an explanation, then whom to ring."""
    if step is None:
        return Turn((), (wording.NOT_UNDERSTOOD_AT_END,), missed=True)
    if state.misses == 0:
        return Turn((), (wording.MISSED_ONCE,), missed=True)
    if state.misses == 1:
        return Turn((), (wording.MISSED_TWICE, step.why), missed=True)
    return Turn(
        (),
        (wording.MISSED_OFTEN, *aside(pack, step, "human_handoff", "", about=state.about_colleague)),
        missed=True,
    )


def _parents_here(state: State, homes: Homes) -> tuple[str, ...]:
    """What holds for the parents in this very concern; nothing if they may be told.

    It goes by what was read in words too, which may only make it more careful.
    """
    found = [assess(homes.of(child).pack, state.answers, child).parents for child in state.children or ("",)]
    most = max(found, key=lambda parents: MOST_CAREFUL.index(parents.advice))
    nothing_yet = not state.told and not state.answers.given
    if nothing_yet or most.advice == MOST_CAREFUL[0]:
        return ()
    return (" ".join((wording.PARENTS_HERE[most.advice], *most.because)),)
