"""How the contract describes itself: documented problems for every route, links between operations."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from bot.contract import Problem
from bot.intake.api.problems import MEDIA_TYPE, TITLES

DESCRIPTION = """\
A MASH receives referrals here from schools and other agencies, and reports back what it decided.

- Get a token with OAuth 2.0 client credentials (`POST /oauth/token`), by secret or by `private_key_jwt`.
- Send with an `Idempotency-Key`; try again with the same key until an answer comes.
- Learn what happens through `GET /v1/events` or a signed webhook. Events come at least once: keep each `id`
  once.
- Errors are RFC 9457 problem details. They never repeat what was sent.

Within version 1 fields and kinds of event are only ever added; a reader ignores what it does not know. What
is to go is announced by a `Deprecation` header at least six months before.
"""
_REFERENCE = {"reference": "$response.body#/reference"}
LINKS: dict[str, dict[str, Any]] = {
    "read": {"operationId": "read_v1_referrals__reference__get", "parameters": _REFERENCE},
    "add information": {
        "operationId": "information_v1_referrals__reference__information_post",
        "parameters": _REFERENCE,
    },
    "attach": {
        "operationId": "attach_v1_referrals__reference__attachments_post",
        "parameters": _REFERENCE,
    },
    "withdraw": {
        "operationId": "withdraw_v1_referrals__reference__withdraw_post",
        "parameters": _REFERENCE,
    },
}


def described(
    *statuses: int, links: dict[str, dict[str, Any]] | None = None, created: bool = False
) -> dict[int | str, dict[str, Any]]:
    """The documented answers of a route besides the good one."""
    found: dict[int | str, dict[str, Any]] = {
        status: {
            "description": TITLES[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }
    if created:
        found[201] = {"description": "Kept and acknowledged", "links": links or {}}
    return found


def too_many() -> dict[str, Any]:
    """The documented 429, with how long to wait."""
    (found,) = described(429).values()
    wait = {"description": "seconds to wait", "schema": {"type": "integer", "minimum": 1}}
    return {**found, "headers": {"Retry-After": wait}}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document, made once."""
    if app.openapi_schema is None:
        said = get_openapi(
            title=app.title,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            tags=app.openapi_tags,
        )
        schemas = said["components"]["schemas"]
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        for name, schema in schemas["Problem"].pop("$defs", {}).items():
            schemas[name] = schema
        for unused in ("HTTPValidationError", "ValidationError"):
            schemas.pop(unused, None)
        app.openapi_schema = said
    return app.openapi_schema
