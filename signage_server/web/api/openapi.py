"""The API's description, OpenAPI 3.1, made from the views themselves.

APIFlask gathers it; here it gets what holds for all operations: names, problem documents, who may call, versions.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar, cast

from apiflask import APIBlueprint, APIFlask
from flask import current_app
from werkzeug.routing import Rule

from signage_server import __version__
from signage_server.web.auth import CSRF_HEADER, is_public, public
from signage_server.web.etags import is_versioned
from signage_server.web.schemas.values import FieldError, Outgoing, Problem

blueprint = APIBlueprint("openapi_document", __name__, enable_openapi=False)

SCHEMAS = "#/components/schemas/"
_PROBLEM = {"application/problem+json": {"schema": {"$ref": f"{SCHEMAS}Problem"}}}
_FILE = {"schema": {"type": "string", "format": "binary"}}
_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The `ETag` of the version the change was made from.",
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Chosen by the caller; sending the same request with the same key again does it once.",
    "schema": {"type": "string", "maxLength": 100},
}
_SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "An API token: `signage-server token --name X`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sid",
        "description": f"A signed-in browser; changes also need `{CSRF_HEADER}` from `GET /me`.",
    },
}


View = TypeVar("View", bound=Callable[..., Any])


def takes_file(*media_types: str, fields: Mapping[str, Any] | None = None) -> Callable[[View], View]:
    """Describe a body that the view reads itself: a form with the part `file`, or the file alone as one of these types.

    `fields` are the schemas of what else the form may hold.
    """
    form = {
        "type": "object",
        "properties": {"file": _FILE["schema"], **(fields or {})},
        "required": ["file"],
    }
    content = {**dict.fromkeys(media_types, _FILE), "multipart/form-data": {"schema": form}}

    def mark(view: View) -> View:
        view.takes_file = {"required": True, "content": content}  # type: ignore[attr-defined]
        return view

    return mark


@blueprint.get("/openapi.json")
@public
def openapi_document() -> dict[str, Any]:
    """This description."""
    return describe(cast(APIFlask, current_app))


def register(app: APIFlask) -> None:
    """Set up how `app` describes itself."""
    app.version = __version__
    app.description = "Upload slides, arrange them, say when they repeat; every board shows them."
    app.config.update(
        AUTO_404_RESPONSE=False,
        AUTO_AUTH_ERROR_RESPONSE=False,
        AUTO_SERVERS=False,
        AUTO_VALIDATION_ERROR_RESPONSE=False,
        SECURITY_SCHEMES=_SECURITY_SCHEMES,
    )
    app.spec_processor(lambda spec: _complete(app, cast(dict[str, Any], spec)))


def describe(app: APIFlask) -> dict[str, Any]:
    """The whole document, the same at every call."""
    with app.app_context():
        return cast(dict[str, Any], app._get_spec("json"))


def _complete(app: APIFlask, spec: dict[str, Any]) -> dict[str, Any]:
    schemas = spec.setdefault("components", {}).setdefault("schemas", {})
    schemas["FieldError"] = FieldError.model_json_schema()
    schemas["Problem"] = Problem.model_json_schema(ref_template=f"{SCHEMAS}{{model}}")
    schemas["Problem"].pop("$defs")
    schemas.pop("HTTPError", None)
    for rule, view, operation in _operations(app, spec):
        _complete_operation(rule, view, operation)
    spec["components"]["schemas"] = _flat_names(schemas)
    spec["paths"] = dict(sorted(spec["paths"].items()))
    # Several modules may share a heading.
    spec["tags"] = list({tag["name"]: tag for tag in spec.get("tags", [])}.values())
    return cast(dict[str, Any], _rename_refs(spec))


def _operations(
    app: APIFlask, spec: dict[str, Any]
) -> Iterator[tuple[Rule, Callable[..., Any], dict[str, Any]]]:
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<", "{").replace(">", "}")
        for method, operation in spec["paths"].get(path, {}).items():
            if method.upper() in (rule.methods or ()):
                yield rule, app.view_functions[rule.endpoint], operation


def _complete_operation(rule: Rule, view: Callable[..., Any], operation: dict[str, Any]) -> None:
    operation["operationId"] = _camel(rule.endpoint.rsplit(".", 1)[-1])
    if (body := getattr(view, "takes_file", None)) is not None:
        operation["requestBody"] = body
    parameters: list[dict[str, Any]] = operation.setdefault("parameters", [])
    refusals = {"422"} if "requestBody" in operation or parameters else set()
    if "{" in rule.rule or rule.arguments:
        refusals |= {"404"}
    if not is_public(view):
        operation["security"] = [{"token": []}, {"session": []}]
        refusals |= {"401", "403"}
    if is_versioned(view):
        parameters.append(_IF_MATCH)
        refusals |= {"412", "428"}
    if "POST" in (rule.methods or ()) and not is_public(view):
        parameters.append(_IDEMPOTENCY_KEY)
        refusals |= {"409"}
    _add_refusals(operation["responses"], refusals)


def _add_refusals(responses: dict[str, Any], statuses: set[str]) -> None:
    for status in sorted(statuses | {status for status in responses if status[0] in "45"}):
        said = responses.get(status, {}).get("description", _MEANINGS.get(status, "Refused."))
        responses[status] = {"description": said, "content": _PROBLEM}
    responses["default"] = {"description": "Any other error.", "content": _PROBLEM}


_MEANINGS = {
    "401": "Nobody is signed in.",
    "403": "Not allowed.",
    "404": "There is no such thing.",
    "409": "It would break something that exists, or the same key came with another request.",
    "412": "Somebody else has changed it meanwhile.",
    "422": "Some of the data is not valid; `errors` says which.",
    "428": "`If-Match` is missing.",
}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)


def _flat_names(schemas: dict[str, Any]) -> dict[str, Any]:
    """Nested models stand under their own name, once: APIFlask calls them `Parent.Child`."""
    flat: dict[str, Any] = {}
    for name, schema in sorted(schemas.items(), key=lambda entry: _own_name(entry[0])):
        flat[_own_name(name)] = _all_there(_own_name(name), schema)
    return flat


def _all_there(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    # What we answer has every field, always; only in what we take, and in problems, may one be left out.
    if (
        name in {model.__name__ for model in _family(Outgoing)} - {Problem.__name__}
        and "properties" in schema
    ):
        return schema | {"required": list(schema["properties"])}
    return schema


def _family(model: type[Any]) -> Iterator[type[Any]]:
    for child in model.__subclasses__():
        yield child
        yield from _family(child)


def _own_name(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _rename_refs(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: SCHEMAS + _own_name(value.removeprefix(SCHEMAS)) if key == "$ref" else _rename_refs(value)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_rename_refs(entry) for entry in node]
    return node
