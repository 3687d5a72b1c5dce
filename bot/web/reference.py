"""The API's own page, written from openapi.json, since ready-made viewers need inline scripts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from bot.web.access import Maybe
from bot.web.conversation import Showing

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
def reference(request: Request, person: Maybe, show: Showing) -> Response:
    """Every operation of the JSON API, in plain HTML."""
    schema = request.app.openapi()
    return show.page(
        request,
        "web/reference.html",
        person=person,
        heading="JSON API",
        operations=operations(schema),
        shapes=shapes(schema),
    )


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations in the order of the paths."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "says": one.get("description", one.get("summary", "")),
            "parameters": [_parameter(parameter) for parameter in one.get("parameters", [])],
            "body": _type(_json(one.get("requestBody", {}))),
            "answers": [
                {"status": status, "says": answer.get("description", ""), "type": _type(_json(answer))}
                for status, answer in one.get("responses", {}).items()
            ],
        }
        for path, methods in schema["paths"].items()
        for method, one in methods.items()
    ]


def shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The shapes that requests and answers are made of."""
    return [
        {
            "name": name,
            "says": one.get("description", ""),
            "fields": [
                {
                    "name": field,
                    "type": _type(detail),
                    "required": field in one.get("required", []),
                    "says": detail.get("description", ""),
                }
                for field, detail in one.get("properties", {}).items()
            ],
        }
        for name, one in sorted(schema.get("components", {}).get("schemas", {}).items())
        if name not in ("HTTPValidationError", "ValidationError")
    ]


def _json(holder: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = holder.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": parameter["name"],
        "where": parameter["in"],
        "required": parameter.get("required", False),
        "says": parameter.get("description", ""),
    }


def _type(schema: dict[str, Any]) -> str:
    """A type in a word or two."""
    if not schema:
        return ""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(str(one) for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {})) or 'anything'}"
    return str(schema.get("format") or schema.get("type") or "anything")
