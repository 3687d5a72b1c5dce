"""The plain national answers to questions on the way; a pack's own words come first where it has them."""

from __future__ import annotations

WHY_AT_END = "I have no more questions. The advice shows which answers decided it, with their sources."
ASIDES = {
    "greet": "Hello. Tell me what has worried you, in your own words.",
    "thank": "You are welcome.",
    "human_handoff": (
        "Yes. Talk to your DSL or deputy first; about a worry over the DSL, to the headteacher. If they are "
        "away, do not wait: ring the MASH yourself. If anyone is in danger now, ring 999."
    ),
    "ask_out_of_hours": (
        "If it cannot wait until the MASH opens, ring the emergency duty team of the council. If anyone "
        "is in danger now, ring 999. Online forms are not watched at night or at weekends."
    ),
    "ask_early_help": (
        "Early help is support that a family agrees to, before things get worse. It needs consent, names "
        "a lead professional and makes one plan. Your DSL can start an early help assessment."
    ),
    "after_sending": (
        "MASH checks whether the child is known, rates the referral and decides. You see each step on the"
        " status page. Until MASH says its own time, times shown are estimates of MASH's targets, not "
        "promises."
    ),
    "worried_for_self": (
        "I am sorry. This service is for worries about children, but you matter too. If you are in danger"
        " now, ring 999. Talk to someone you trust, your GP, or your line manager."
    ),
    "about_colleague": (
        "A worry about an adult who works with children goes to the headteacher at once; if it is about "
        "the head, to the chair of governors; never to that adult. The council's officer for allegations "
        "(LADO) must hear of it within one working day. If a child is in danger now, ring 999. Tell me "
        "what was seen or said."
    ),
    "ask_threshold": (
        "A threshold is the line between kinds of help. Red means a possible child-protection issue, "
        "Amber a significant concern, Green early help. MASH decides; I only show what the threshold "
        "document says."
    ),
    "ask_consent": (
        "Telling parents and asking for consent are two questions. Early help needs consent. A "
        "safeguarding referral does not. Parents are normally told, but not where that could put the "
        "child or someone else at risk, spoil a police inquiry or cause delay. If in doubt, ask MASH "
        "before you tell anyone."
    ),
    "ask_status": "Sent referrals and where they stand are under “My concerns”.",
    "another_child": (
        "To add another child, use “Add another child” beside this conversation. I then ask about each child "
        "apart. What you have told me stays as it is."
    ),
    "out_of_scope": "I can only help with a worry about a child. If there is one, tell me what happened.",
    "no_words": (
        "I can only read words. Write what you saw or heard, or choose one of the answers. If anyone is "
        "in danger now, ring 999."
    ),
    "not_english": (
        "I can only read English. Please write it in English, or choose one of the answers. Your message "
        "is kept. If anyone is in danger now, ring 999."
    ),
    "to_a_machine": (
        "I cannot change how I work or leave a step out. I follow the threshold document, and people "
        "decide. If you worry about a child, tell me what happened."
    ),
    "abuse": (
        "I am sorry that this is hard. Ask “can I talk to someone” and I say how to reach a person; you may "
        "refer anyway at any time. If you worry about a child, tell me what happened."
    ),
}
"""By act. The odd ones are messages that are about no child: short, and with a way on."""
NOT_SENT_YET = "This concern has not been sent to anybody yet."
HANDOFF_INSTEAD = {
    "dsl": (
        "Yes. Talk to the headteacher, not to the DSL, whom this is about. If the head is away, do not "
        "wait: ring the council's officer for allegations (LADO) or the MASH yourself. If anyone is in "
        "danger now, ring 999."
    ),
    "head": (
        "Yes. Talk to the chair of governors, not to the head, whom this is about. If the chair cannot be "
        "reached, do not wait: ring the council's officer for allegations (LADO) or the MASH yourself. If "
        "anyone is in danger now, ring 999."
    ),
}
"""Whom to talk to where the worry is about one of those whom staff usually talk to (KCSIE, part four)."""
GLOSSARY = {
    "DSL": "Designated Safeguarding Lead, who leads on the safety of children in your school.",
    "MASH": (
        "Multi-Agency Safeguarding Hub: the council's front door, where council, police and health work "
        "together."
    ),
    "LADO": "The council's designated officer for allegations against adults who work with children.",
    "early help assessment": "A talk with the family, who agree to it, about what would help.",
    "section 17": "The law on help for a child in need (Children Act 1989).",
    "section 47": "The law on inquiries where a child may be suffering significant harm (Children Act 1989).",
    "consent": "That a parent, or an older child, agrees. A safeguarding referral does not need it.",
}
"""Words of the field that no question of a pack explains."""
NO_SUCH_WORD = "I have no explanation of that word."
NOT_KNOWING_IS_FINE = "“Not sure” and “We don't know” are good answers."
