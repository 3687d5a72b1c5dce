"""What the contract cannot carry is shortened or left out, and named in the gaps: a Red is never held up by
it.

The draft refuses such values when they are typed; this is for what came another way (a very long
conversation, a note of a call).
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from bot.contract import Referral

_ROUNDS = 20
_ENDS = "… (shortened; the whole is in the school’s record)"


def fitting(body: dict[str, Any]) -> Referral:
    """The body as the contract has it."""
    for _ in range(_ROUNDS):
        try:
            return Referral.model_validate(body)
        except ValidationError as refused:
            gaps = body.setdefault("gaps", [])
            for error in refused.errors(include_input=False, include_url=False):
                _mend(body, error["loc"], error.get("ctx", {}).get("max_length"))
                gaps.append(
                    ".".join(str(part) for part in error["loc"])
                    + ": did not fit and was shortened or left out"
                )
            body["gaps"] = list(dict.fromkeys(gaps))[-500:]
    return Referral.model_validate(body)


def _mend(body: Any, place: tuple[int | str, ...], longest: int | None) -> None:
    *groups, last = place
    for group in groups:
        if isinstance(body, dict) and group not in body:
            return
        body = body[group]
    value = body.get(last) if isinstance(body, dict) else body[last]
    if longest is not None and isinstance(value, str):
        body[last] = value[: longest - len(_ENDS)] + _ENDS if longest > len(_ENDS) else value[:longest]
    elif longest is not None and isinstance(value, list):
        body[last] = value[:longest]
    elif isinstance(body, dict):
        body.pop(last, None)
    else:
        body[last] = {}
