"""What happened, in order and in the child's words, and what it means: facts and opinion kept apart."""

from __future__ import annotations

from bot.referrals.form.field import NOT_KNOWN, YES_NO, Field, Only, Section, choice, need

NOT_CLAIMED = frozenset(
    {NOT_KNOWN, "no", "no.", "none", "never", "not known", "not that we know", "first time", "the first time"}
)
"""Answers to "has it happened before?" that claim no pattern, so that no events are asked for."""

CONCERN = Section(
    "concern",
    "What happened",
    "Facts first: what was seen, heard or said, when and where. What you think it means has its own place "
    "below.",
    (
        Field(
            "concern.why_now",
            "Why are you referring today?",
            "In a sentence or two",
            "textarea",
            need=need("MMM"),
            may_be_unknown=False,
        ),
        Field(
            "concern.what_happened", "What happened", "Only facts, with dates", "textarea", need=need("MMM")
        ),
        Field(
            "concern.occurred_on",
            "When it happened",
            kind="date",
            need=need("MMM"),
            instead=("concern.occurred_when",),
        ),
        Field("concern.occurred_when", "Time of day, or about when", need=need("SSS")),
        Field("concern.place", "Where", need=need("MMM")),
        Field("concern.who_involved", "Who was there", need=need("MMM")),
        Field(
            "concern.known_by",
            "How you know",
            kind="radios",
            options=choice(
                ("saw", "I saw it"),
                ("heard", "I heard it"),
                ("told", "I was told"),
                ("recorded", "From a record"),
            ),
            need=need("MMM"),
        ),
        Field(
            "concern.told_by",
            "Who told you?",
            need=need("MMM"),
            only=Only("concern.known_by", frozenset({"told"})),
        ),
        Field(
            "concern.impact",
            "What is life like for this child?",
            "How it shows: sleep, food, mood, friends, learning",
            "textarea",
            need=need("SMM"),
        ),
        Field(
            "concern.done_so_far",
            "What the school has done, and what came of it",
            kind="textarea",
            need=need("SMM"),
        ),
        Field(
            "concern.asked_for",
            "What you are asking for",
            "“I am asking for …”",
            "textarea",
            need=need("SMM"),
        ),
        Field("concern.hoped_outcome", "What you hope will be different", kind="textarea", need=need("SMM")),
        Field(
            "concern.analysis",
            "What you think it means, and the risk if nothing changes",
            "Your professional opinion; it is shown as an opinion",
            "textarea",
            need=need("SMM"),
        ),
    ),
)

CHRONOLOGY = Section(
    "chronology",
    "What happened before",
    "One line for each event, with its date and where it is recorded.",
    (
        Field(
            "concern.pattern",
            "Has something like this happened before?",
            "How often, since when. “No” is an answer.",
            "textarea",
            need=need("SMS"),
        ),
        Field(
            "chronology",
            "Events",
            kind="list",
            item="event",
            need=need("SMS"),
            only=Only("concern.pattern", apart_from=NOT_CLAIMED),
            fields=(
                Field("date", "Date", "Or about when", need=need("SMS")),
                Field("event", "What happened", kind="textarea", need=need("SMS")),
                Field("source", "How it is known", need=need("SMS")),
                Field("recorded_by", "Recorded by"),
                Field("action", "What was done", kind="textarea"),
                Field("impact", "What it did to the child", kind="textarea"),
                Field("evidence_id", "Number of the record or attachment"),
            ),
        ),
    ),
)

VIEWS = (
    ("front", "Front"),
    ("back", "Back"),
    ("left", "Left side"),
    ("right", "Right side"),
    ("face", "Face"),
    ("hands", "Hands"),
    ("feet", "Feet"),
)
MARKS = (
    ("bruise", "Bruise"),
    ("burn", "Burn"),
    ("cut", "Cut"),
    ("bite", "Bite"),
    ("swelling", "Swelling"),
    ("mark", "Other mark"),
)

INJURIES = Section(
    "injuries",
    "Injuries",
    "Only what was visible in the ordinary course of the day. Do not undress a child, do not take "
    "photographs, and do not guess how old a bruise is from its colour.",
    (
        Field(
            "injuries",
            "Injuries",
            kind="list",
            item="injury",
            need=need("ooo"),
            fields=(
                Field("child", "Which child"),
                Field("view", "Part of the body", kind="radios", options=VIEWS, need=need("MMo")),
                Field("x", "From the left of the picture, 0 to 1", kind="number"),
                Field("y", "From the top of the picture, 0 to 1", kind="number"),
                Field(
                    "where",
                    "Where exactly",
                    "For example: outer side of the left upper arm",
                    need=need("MMo"),
                ),
                Field("type", "Kind", kind="radios", options=MARKS, need=need("MMo")),
                Field("size_cm", "Size in cm", "About", "number", need=need("SSo")),
                Field("colour", "Colour", need=need("SSo")),
                Field("shape", "Shape", need=need("SSo")),
                Field("seen_by", "Seen by", need=need("MMo")),
                Field("seen_at", "Seen when", need=need("MMo")),
                Field(
                    "explanation", "What was said about it, word for word", kind="textarea", need=need("MMo")
                ),
                Field("explanation_by", "Who said that", need=need("MMo")),
                Field("first_aid", "First aid given", need=need("SSo")),
            ),
        ),
    ),
)

VOICE = Section(
    "voice_of_child",
    "The child’s voice",
    "The child’s own words exactly as spoken, also when they are rude or unclear. For a child who does not "
    "speak, describe how the child is.",
    (
        Field(
            "concern.child_words",
            "The child’s exact words",
            kind="list",
            item="quotation",
            need=need("SSS"),
            fields=(
                Field("words", "Word for word", kind="textarea", need=need("MSS")),
                Field(
                    "question", "What was the child asked?", "Word for word; or “nothing”", need=need("MSS")
                ),
                Field("asked_by", "By whom?", need=need("MSS")),
                Field("at", "When?", need=need("MSS")),
                Field("language", "In which language?", "If not in English"),
            ),
        ),
        Field("voice_of_child.wishes", "What the child wishes", kind="textarea", need=need("SMM")),
        Field("voice_of_child.feelings", "What the child feels", kind="textarea", need=need("SMM")),
        Field(
            "voice_of_child.wants_to_happen",
            "What the child wants to happen",
            kind="textarea",
            need=need("SMM"),
        ),
        Field("voice_of_child.how_obtained", "How you know this", kind="textarea", need=need("SMM")),
        Field(
            "voice_of_child.aware_of_referral",
            "Does the child know about this referral?",
            kind="radios",
            options=YES_NO,
            need=need("SMM"),
        ),
        Field(
            "voice_of_child.presentation",
            "How the child looked and behaved",
            kind="textarea",
            need=need("SSS"),
        ),
    ),
)

COLUMNS = Section(
    "three_columns",
    "Worries, strengths and safety",
    "What we are worried about, what is working well, what needs to happen; and one number.",
    (
        Field(
            "concern.complicating",
            "What are we worried about; what makes it harder?",
            "",
            "textarea",
            need=need("SMM"),
        ),
        Field("concern.protective", "What protects the child?", kind="textarea", need=need("SMM")),
        Field("concern.working_well", "What is working well?", kind="textarea", need=need("SMM")),
        Field("concern.needs_to_happen", "What needs to happen?", kind="textarea", need=need("SMM")),
        Field(
            "concern.safety_scale",
            "How safe is the child today, from 0 to 10?",
            "0: will be badly hurt if nothing is done now. 10: safe enough to close.",
            "number",
            need=need("SMM"),
        ),
        Field("concern.safety_scale_reason", "Why that number?", kind="textarea", need=need("SMM")),
    ),
)
