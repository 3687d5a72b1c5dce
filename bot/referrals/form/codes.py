"""Code lists of the Children in Need census that a school may propose; MASH records them.

Source: code sets of the Children in Need census validation rules 4220 (ethnicity) and 8540 (disability).
"""

from __future__ import annotations

ETHNICITIES: tuple[tuple[str, str], ...] = (
    ("WBRI", "White British"),
    ("WIRI", "White Irish"),
    ("WIRT", "Traveller of Irish heritage"),
    ("WROM", "Gypsy/Roma"),
    ("WOTH", "Any other White background"),
    ("MWBC", "White and Black Caribbean"),
    ("MWBA", "White and Black African"),
    ("MWAS", "White and Asian"),
    ("MOTH", "Any other mixed background"),
    ("AIND", "Indian"),
    ("APKN", "Pakistani"),
    ("ABAN", "Bangladeshi"),
    ("AOTH", "Any other Asian background"),
    ("CHNE", "Chinese"),
    ("BCRB", "Black Caribbean"),
    ("BAFR", "Black African"),
    ("BOTH", "Any other Black background"),
    ("OOTH", "Any other ethnic group"),
    ("REFU", "Did not wish to say"),
    ("NOBT", "Not obtained"),
)

DISABILITIES: tuple[tuple[str, str], ...] = (
    ("NONE", "No disability"),
    ("MOB", "Mobility"),
    ("HAND", "Hand function"),
    ("PC", "Personal care"),
    ("INC", "Incontinence"),
    ("COMM", "Communication"),
    ("LD", "Learning"),
    ("HEAR", "Hearing"),
    ("VIS", "Vision"),
    ("BEH", "Behaviour"),
    ("CON", "Consciousness (for example seizures)"),
    ("AUT", "Autism"),
    ("DDA", "Another disability under the Equality Act"),
    ("not_known", "Not known"),
)
