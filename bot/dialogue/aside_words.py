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
        " now, ring 999. Talk to someone you trust, your GP, or your line manager. Are there children at "
        "home? What happens to you harms them too: tell me about them."
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
    "ask_photo": (
        "No. Do not take photographs of injuries, do not undress a child to look, and do not ask the child "
        "again and again. Write down what you saw in the ordinary course and what was said, word for word; "
        "the referral has a body map to draw it on."
    ),
    "ask_more": (
        "Listen, and do not question. You may say “tell me”, “explain” or “describe”, once; never ask what "
        "would put words into the child's mouth, and do not ask for more than you need to keep the child "
        "safe. What you do not know, leave as not known. Write down what was said, word for word."
    ),
    "ask_named": (
        "A referral from a school is not anonymous: MASH must be able to come back to you, and the family "
        "is normally told who referred, unless that would put anyone at risk. Say so in the referral if you "
        "fear that; MASH then plans who tells them and how."
    ),
    "ask_if_wrong": (
        "You need not be sure. You pass on what you saw or heard, in good faith; MASH finds out and decides. "
        "It is better to refer a worry that turns out to be nothing than to leave one alone."
    ),
    "wrong_child": (
        "Nothing is sent. If all that you told me here is about another child, say “start again”: what you "
        "wrote stays in the record of this concern, and nothing of it counts any more. For a second child "
        "who is affected too, use “Add another child”. If only one answer is wrong, use “Change” beside it."
    ),
    "hesitates": "Take your time. “Not sure” and “We don't know” are good answers, too.",
    "out_of_scope": (
        "I can only help with a worry about a child. If there is one, tell me what happened. If anyone is in "
        "danger now, ring 999."
    ),
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
        "Talk to the headteacher, not to the DSL, whom this is about. If the head is away, do not "
        "wait: ring the council's officer for allegations (LADO) or the MASH yourself. If anyone is in "
        "danger now, ring 999."
    ),
    "head": (
        "Talk to the chair of governors, not to the head, whom this is about. If the chair cannot be "
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
    "CAMHS": "The health service for the mental health of children and young people.",
    "CE": (
        "Child exploitation, sexual or criminal: a child is used by others, who may call it friendship "
        "or work."
    ),
    "CCE": "Child criminal exploitation: a child is made to carry, sell or hide things for others.",
    "CSE": (
        "Child sexual exploitation: sexual abuse in which the child gets something, or is made to think so."
    ),
    "CIN": (
        "Child in need: a child whom the council helps with a plan that the parents agree to (Children Act "
        "1989, section 17)."
    ),
    "CME": "Child missing education: of school age, on no school's roll and not taught elsewhere.",
    "CP": (
        "Child protection: the council acts because a child suffers, or may suffer, significant harm "
        "(Children Act 1989, section 47). A child may be on a child protection plan."
    ),
    "CPOMS": "A system in which schools record worries about children. This does not take its place.",
    "CSC": "Children's social care: the council's social workers for children.",
    "DA": (
        "Domestic abuse, also called DV: violence, threats or control between people who are or were close."
    ),
    "DV": (
        "Domestic violence, now called domestic abuse: violence, threats or control between people who "
        "are close."
    ),
    "EBSA": "Emotionally based school avoidance: fear or distress keeps a child from school.",
    "EDT": "The council's emergency duty team: social workers at night, at weekends and on holidays.",
    "EHA": "Early help assessment: a talk with the family, who agree to it, about what would help.",
    "EHCP": "Education, health and care plan: what a child with special needs must be given, by law.",
    "FGM": (
        "Female genital mutilation: cutting of a girl's genitals. A teacher who learns of it must ring "
        "the police."
    ),
    "HBV": "Honour-based abuse: violence or control to protect what a family calls its honour.",
    "IRO": "Independent reviewing officer: checks the plan of a child in care.",
    "LAC": "Looked-after child: a child in the council's care.",
    "grooming": (
        "Somebody wins a child’s trust, or the family’s, in order to abuse or exploit the child, online "
        "or face to face."
    ),
    "county lines": "Gangs move drugs into other towns and make children carry, sell or hide them.",
    "lead professional": "The one person who holds an early help plan together and whom the family can ask.",
    "MARAC": "A meeting of services on domestic abuse that puts somebody at high risk of serious harm.",
    "non-mol": "Non-molestation order: a court forbids somebody to harm, threaten or come near a person.",
    "NRPF": "No recourse to public funds: the family may not claim most benefits.",
    "Operation Encompass": (
        "The police tell the school before the next school day that a child lived through domestic abuse."
    ),
    "PEP": "Personal education plan of a child in care.",
    "Prevent": "The duty to notice people being drawn into terrorism and to get them help.",
    "RAG": "Red, Amber, Green: how soon, and by whom, MASH would deal with a worry.",
    "SEMH": "Social, emotional and mental health: a kind of special need.",
    "SENCO": "The teacher who leads on special educational needs in your school.",
    "SEND": "Special educational needs and disabilities.",
    "strategy discussion": (
        "Council, police, health and others talk at once about a child who may be suffering significant "
        "harm, and decide whether to make inquiries (section 47)."
    ),
    "TAC": "Team around the child: the people who help a family meet and agree on one plan.",
    "TAF": "Team around the family: the people who help a family meet and agree on one plan.",
    "consent": "That a parent, or an older child, agrees. A safeguarding referral does not need it.",
}
"""Words of the field that no question of a pack explains."""
NO_SUCH_WORD = "I have no explanation of that word."
NOT_KNOWING_IS_FINE = "“Not sure” and “We don't know” are good answers."
