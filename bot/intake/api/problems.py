"""When a request cannot be answered: RFC 9457 problem details. Nothing that was sent is repeated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.responses import JSONResponse

from bot.contract import PROBLEM_TYPE, FieldProblem, Problem

MEDIA_TYPE = "application/problem+json"

TITLES = {
    400: "The request could not be read",
    401: "A valid access token is needed",
    403: "The token's scopes do not allow this",
    404: "Not found",
    405: "This method is not served here",
    409: "This conflicts with what is here already",
    413: "The body is too large",
    415: "This kind of content is not taken",
    422: "Some fields cannot be taken",
    429: "Too many failures",
    500: "Something went wrong here",
    503: "The intake cannot save anything now",
}
_MEND = {
    400: "Send well-formed JSON in UTF-8.",
    401: "Ask POST /oauth/token for a token and send it as `Authorization: Bearer …`.",
    403: "Ask the authority for the scope that this operation names.",
    404: "There is nothing of your organisation at this address.",
    405: "See /openapi.json for what is served.",
    413: "Send less, or send files as attachments.",
    429: "Wait as `Retry-After` says, then send the right proof. What was acknowledged before is kept.",
    500: "It was noted. What was acknowledged before is kept. Try again; for a child at risk, ring MASH.",
    503: "Nothing of this request was kept. Try again with the same Idempotency-Key; for a Red, ring MASH.",
}
_WORDS = {
    "missing": "is missing",
    "extra_forbidden": "there is a field here that the contract does not have",
    "string_too_long": "is too long",
    "string_too_short": "is too short",
    "too_long": "has too many entries",
    "string_type": "must be text",
    "string_pattern_mismatch": "does not have the form that the contract gives",
    "literal_error": "is not one of the values that the contract lists",
    "enum": "is not one of the values that the contract lists",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "bool_parsing": "must be true or false",
    "timezone_aware": "must be a time with its zone",
    "string_unicode": "holds characters that are not valid text",
}


class ApiProblem(Exception):
    """A request that cannot be answered, as a kind of problem with what to do."""

    def __init__(
        self,
        status: int,
        kind: str,
        detail: str,
        *,
        title: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.kind = kind
        self.detail = detail
        self.title = title
        self.headers = headers


def problem(
    status: int,
    kind: str = "",
    detail: str = "",
    *,
    title: str = "",
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The problem as a response."""
    body = Problem(
        type=PROBLEM_TYPE + kind if kind else "about:blank",
        title=title or TITLES.get(status, "The request cannot be answered"),
        status=status,
        detail=detail or _MEND.get(status, ""),
        errors=list(errors),
    )
    return JSONResponse(
        body.model_dump(exclude_none=True), status, dict(headers or {}), media_type=MEDIA_TYPE
    )


def of_validation(error: RequestValidationError) -> JSONResponse:
    """What is wrong with the body or the parameters, field by field, without any value."""
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return problem(400, "not-json")
    return problem(
        422,
        "invalid",
        "Mend the fields that `errors` names. Nothing was kept.",
        errors=[FieldProblem(field=_where(one), problem=_what(one)) for one in found[:50]],
    )


def _where(one: Mapping[str, Any]) -> str:
    """A JSON pointer into the body, or the parameter's name. A field that we do not know is not named."""
    place, *steps = one["loc"]
    if one["type"] == "extra_forbidden":
        steps = steps[:-1]
    if place == "body":
        return "/" + "/".join(str(step) for step in steps)
    return f"{place} {steps[0]}" if steps else str(place)


def _what(one: Mapping[str, Any]) -> str:
    """Our own words: a library's message may repeat what was sent."""
    kind = str(one["type"])
    if kind in _WORDS:
        return _WORDS[kind]
    if kind.startswith(("date", "time")):
        return "must be a date or time as ISO 8601 writes it"
    if kind.startswith(("int", "float", "greater", "less", "finite")):
        return "must be a number within the limits that the contract gives"
    return "cannot be taken; see the contract at /openapi.json"
