import pytest
from jsonschema import Draft202012Validator, ValidationError

from tests.delivery import protocol


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(protocol.written())


def test_what_boards_say_is_written_as_it_is_checked() -> None:
    written = protocol.written()
    assert {part: written[part] for part in protocol.from_boards()} == protocol.from_boards(), (
        "write it anew: python -m tests.delivery.protocol"
    )


def test_every_message_is_on_the_page() -> None:
    page = (protocol.FILE.parent / "player.md").read_text("utf-8")
    messages = {*protocol.written()["from_boards"], *protocol.written()["pushes"]} - {"tally", "fault"}
    assert [name for name in sorted(messages) if f"`{name}`" not in page and f"/{name}`" not in page] == []


def test_the_schema_can_say_no() -> None:
    with pytest.raises(ValidationError):
        protocol.check("answers", "heartbeat", {"server_ms": "now"})
