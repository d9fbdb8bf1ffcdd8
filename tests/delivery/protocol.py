"""The written protocol, for tests: what boards say is described by our models, what we say by the schema itself.

`python -m tests.delivery.protocol` writes the boards' half anew after a model has changed.
"""

import json
from typing import Any

from jsonschema import Draft202012Validator
from pydantic.json_schema import models_json_schema

from signage_server.delivery import messages
from signage_server.screens.plays import FaultIn, TallyIn
from tests.house.tree import ROOT

FILE = ROOT / "docs/protocol/messages.schema.json"
FROM_BOARDS = {
    "pair": messages.Pair,
    "hello": messages.Hello,
    "clock": messages.Clock,
    "receipt": messages.ReceiptIn,
    "heartbeat": messages.Heartbeat,
    "plays": messages.PlaysIn,
    "tally": TallyIn,
    "fault": FaultIn,
    "command_result": messages.CommandResult,
}


def written() -> dict[str, Any]:
    """The schema as it stands in docs/."""
    schema: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return schema


def from_boards() -> dict[str, Any]:
    """The boards' half, as our models have it."""
    models = [(model, "validation") for model in FROM_BOARDS.values()]
    _, schema = models_json_schema(models, ref_template="#/$defs/{model}")
    named = {name: {"$ref": f"#/$defs/{model.__name__}"} for name, model in FROM_BOARDS.items()}
    return {"from_boards": named, "$defs": schema["$defs"]}


def check(part: str, name: str, said: Any) -> None:
    """Raises ValidationError unless what was said (`answers` or `pushes`) is what the schema allows."""
    Draft202012Validator(written() | {"$ref": f"#/{part}/{name}"}).validate(said)


if __name__ == "__main__":
    FILE.write_text(json.dumps(written() | from_boards(), indent=2, ensure_ascii=False) + "\n", "utf-8")
