"""The form itself: every field is documented, fits the contract and speaks plainly."""

from pathlib import Path

import pytest

from bot.referrals import FIELDS, NOT_KNOWN, SECTIONS, Field, merge
from tests.referrals.drafts import sent

DOCS = Path(__file__).resolve().parents[2] / "docs" / "referral.md"

EVERY = [(path, field) for path, field in FIELDS.items()] + [
    (f"{path}[].{one.path}", one) for path, field in FIELDS.items() for one in field.fields
]
SINGLE = [(path, field) for path, field in EVERY if field.kind != "list"]


@pytest.mark.parametrize(("path", "field"), EVERY, ids=[path for path, _ in EVERY])
def test_every_field_is_documented(path: str, field: Field) -> None:
    needs = f"{field.kind} | {field.need.red} | {field.need.amber} | {field.need.green} |"
    assert f"| `{path}` | {field.label} | {needs}" in DOCS.read_text()


def _some_value(field: Field) -> object:
    values = {"number": 1, "date": "2026-09-14", "datetime": "2026-09-14T13:05"}
    if field.kind == "checkboxes":
        return [field.options[0][0]]
    return field.options[0][0] if field.options else values.get(field.kind, "Some words")


def _draft(path: str, value: object) -> dict[str, object]:
    parts = path.replace("[]", ".0").split(".")
    whole: object = value
    for part in reversed(parts):
        whole = [whole] if part == "0" else {part: whole}
    assert isinstance(whole, dict)
    return whole


@pytest.mark.parametrize(("path", "field"), SINGLE, ids=[path for path, _ in SINGLE])
def test_every_field_arrives_at_mash(path: str, field: Field) -> None:
    empty, body = sent({}), sent(merge({}, _draft(path, _some_value(field))))
    without_gaps = {name: value for name, value in body.items() if name != "gaps"}
    assert without_gaps != {name: value for name, value in empty.items() if name != "gaps"}


@pytest.mark.parametrize(("path", "field"), SINGLE, ids=[path for path, _ in SINGLE])
def test_not_known_is_kept_where_it_is_an_answer(path: str, field: Field) -> None:
    if not field.may_be_unknown or (field.options and NOT_KNOWN not in dict(field.options)):
        return
    value = [NOT_KNOWN] if field.kind == "checkboxes" else NOT_KNOWN
    assert path.replace("[]", ".0") in sent(merge({}, _draft(path, value)))["gaps"]


def test_sections_have_names_of_their_own() -> None:
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)
    assert all(section.title for section in SECTIONS)
