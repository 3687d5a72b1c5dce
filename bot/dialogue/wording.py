"""The assistant's own sentences: plain English, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.thresholds import NOT_SAID, Contact, Pack, Question, Value

DANGER_FIRST = (
    "If anyone is in danger now, ring 999 first. Do not wait for this form. "
    "Stay with the child if it is safe, and tell your DSL at once."
)
DANGER_ABOUT_DSL = DANGER_FIRST.replace("your DSL", "the headteacher")
THANKS_FOR_TELLING = "Thank you. I have kept your words as you wrote them."
THANKS_PARSER_DOWN = (
    "Thank you. I have kept your words as you wrote them. I cannot read free text at the moment, "
    "so I ask plain questions with buttons instead. Nothing is lost."
)
PARSER_DOWN = (
    "I cannot read free text at the moment. Your message is kept. Please choose one of the answers, "
    "or press “Not sure”."
)
WHICH_WORRY = "What is your worry about? Tick all that fit."
WHICH_WORRY_WHY = (
    "What you tick decides which questions come next. Tick it also when you have told it in your own words."
)
SOUNDS_LIKE = "It sounds like this. Tick everything that is right, and untick what is not."
SOUNDS_LIKE_WHY = (
    "What you tick decides which questions still matter. What you leave out is not taken as a “no”."
)
LAST_LOOK = "Before I advise: you also told me this. Tick everything that is right, and untick what is not."
LAST_LOOK_WHY = (
    "I read this in your words. Until you say whether it is right, I cannot say that a threshold is not met."
)
DATES = "I read these events with their dates. Tick each one that is right."
DATES_WHY = (
    "What you tick goes into the referral as a dated list, in your own words. "
    "All that you pasted is kept whole, whatever you tick."
)
DATES_KEPT = (
    "Thank you. I have put those events in order of date. One without a whole date stays where you wrote it."
)
NO_DATES_KEPT = "Thank you. I have made no list of dates. What you pasted is kept whole."
UNSURE_OF_TICKS = (
    "That is fine. Tick only what you know is right, then continue. What you leave out I ask about later."
)
NO_TO_WHAT = (
    "Is something of it wrong? Untick that, or say “none of these” if all of it is. "
    "If it is right and there is no more, press Continue or say “that's all”."
)
UNTICK_THEM = "I cannot tell which of them you mean. Untick each one that is not right, then continue."
ADDED = "I have added that to what you told me."
PARENTS_HERE = {
    "ask_first": "In this concern, do not tell the parents yet. Ask your DSL or MASH first.",
    "do_not_tell": "In this concern, do not tell the parents, nor ask them about it. Ask your DSL or MASH.",
}
"""On telling parents, by the advice of this concern."""
NO_WORRY_YET = "Nothing is told yet. What did you see or hear that worries you? A few words are enough."
NOTHING_TO_GO_BACK_TO = "There is nothing to go back to yet."
RESTARTED = (
    "I have started again. What you wrote before stays in the record. "
    "If you did not mean that, say “go back”."
)
UNDONE_RESTART = "I have taken that back: everything is as it was before."
RESTARTED_WITH = "I have started again, with what you have just written. What was before stays in the record."
REOPENED = "I have opened that answer again. Please check it."
WHICH_ANSWER = "Which answer should change? Use “Change” beside it, or tell me what it should be."
ACCOUNT_CORRECTED = "If an answer that you gave is wrong because of it, use “Change” beside that answer."
ASKED_NEXT = "Nothing that you told me is taken back. I ask about it next."
MORE_OF_IT = "What you told me is ticked. Is more of it so?"
MORE_CHILDREN = (
    "You told me of more than one child. If you worry about each of them, use “Add another child” beside "
    "this conversation: I then ask about each apart."
)
CHILD_ADDED = "I have added that child. I ask about each child apart: what holds for one may not for another."
REASON_KEPT = "Thank you. I have kept your reason with the change."
MISSED_ONCE = "I am not sure which answer that is. Please choose one of these, or say it in other words."
MISSED_TWICE = (
    "I still cannot tell which answer that is. “Not sure” and “We don't know” are good answers: "
    "you are not asked to find out more."
)
MISSED_OFTEN = "I have not understood, so please talk to a person. You may refer anyway at any time."
NOT_UNDERSTOOD_AT_END = (
    "I have kept your message. If it is something new about the child, tell me what happened. "
    "You may refer anyway at any time."
)


def went_back(steps: int) -> str:
    """Say how far it went back."""
    return "I have gone back one step." if steps == 1 else f"I have gone back {steps} steps."


def dated(events: int) -> str:
    """Say that a chronology was seen, so that nobody types it again."""
    return f"I read {events} events with their dates. I show them to you as a list before the end."


def noted(question: Question, value: Value) -> str:
    """Say back which answer was understood, so that a misreading is seen at once."""
    return f"I noted: {label(question, value)}."


def noted_before(labels: Sequence[str]) -> str:
    """Say that a list holds already what was said once more."""
    return f"I have that already: {'; '.join(labels)}. Tick more if it is so, or continue."


def spoken_for(labels: Iterable[str], reasons: Iterable[str]) -> str:
    """Say which categories were added because of an answer, and why."""
    return (
        f"What you told me also belongs to: {'; '.join(labels)}. {' '.join(reasons)} "
        "So I have added it. If that is wrong, change the answer that it rests on."
    )


def noted_ticks(labels: Sequence[str]) -> str:
    """Say back which ticks a yes or a no in words stood for."""
    return f"I noted: {'; '.join(labels) or 'none of these'}."


def taken_back(labels: Sequence[str]) -> str:
    """Say which ticks a correction took away."""
    return f"I have taken this back: {'; '.join(labels)}. Please check it when I ask."


def untick(labels: Sequence[str]) -> str:
    """Say what stands confirmed that a correction denies."""
    return f"You had confirmed: {'; '.join(labels)}. I ask about it again: untick what is not right."


def label(question: Question, value: Value) -> str:
    """An answer in the words of its question."""
    values = sorted(value - {NOT_SAID}) if isinstance(value, frozenset) else [value]
    return "; ".join(question.label(one) for one in values)


def reach(pack: Pack, whom: Contact) -> str:
    """One line on how to reach a contact of a pack; an illustrative pack never shows a number."""
    phone = whom.phone if pack.status == "approved" else ""
    return contact(whom.label, phone, whom.hours, whom.note)


def contact(name: str, phone: str, hours: str, note: str) -> str:
    """One line on how to reach somebody."""
    reach = phone or "number not published in this pack: use your school's contact list"
    extra = " ".join(part for part in (hours, note) if part)
    return f"{name}: {reach}. {extra}".strip()
