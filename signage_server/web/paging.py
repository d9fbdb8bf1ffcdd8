"""Lists, a page at a time: `{items, next}` by `?cursor=&limit=`; `next` is the cursor of the page that follows."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import Field
from sqlalchemy import Select, literal, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from signage_server.db import UtcDateTime
from signage_server.errors import Invalid
from signage_server.web.schemas.values import Outgoing, Query

Item = TypeVar("Item")
Row = TypeVar("Row")


class CursorUnknown(Invalid):
    """The cursor is none of ours."""

    code = "cursor_unknown"
    vi = "Không đọc tiếp được danh sách từ vị trí này. Hãy tải lại từ đầu."
    en = "The list cannot be continued from this cursor. Start again without one."


class PageIn(Query):
    """The query of every list; subclass it to add filters."""

    cursor: Annotated[str, Field(max_length=1000)] | None = Field(
        None, description="`next` of the page before; none: the first page."
    )
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Listed(Outgoing, Generic[Item]):
    """A page of a list. Each resource names its own: `class UnitList(Listed[UnitOut])`."""

    items: list[Item]
    next: str | None = Field(description="Cursor of the next page; null: this is the last.")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows of one page and the cursor of the next."""

    items: Sequence[Row]
    next: str | None


def page(
    session: Session,
    query: Select[Row],
    *keys: InstrumentedAttribute[Any],
    where: PageIn,
    newest_first: bool = False,
) -> Page[Row]:
    """One page of `query`, in the order of `keys`.

    The keys are columns of the row, never null, and together different for every row (the last is the id).

    Raises:
        CursorUnknown: the cursor was not made by a list in this order.
    """
    if where.cursor is not None:
        query = query.where(_after(keys, _values(where.cursor, keys), newest_first))
    query = query.order_by(*(key.desc() if newest_first else key.asc() for key in keys))
    rows = session.scalars(query.limit(where.limit + 1)).all()
    items = rows[: where.limit]
    return Page(items, _cursor_of(items[-1], keys) if len(rows) > where.limit else None)


def _after(keys: Sequence[InstrumentedAttribute[Any]], values: Sequence[Any], newest_first: bool) -> Any:
    here = tuple_(*keys)
    there = tuple_(*(literal(value, key.type) for key, value in zip(keys, values, strict=True)))
    return here < there if newest_first else here > there


def write_cursor(values: Sequence[Any]) -> str:
    """The cursor that says where a list stands, as plain JSON values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> list[Any]:
    """The values in a cursor; callers check that they are what they put in.

    Raises:
        CursorUnknown: no list made it.
    """
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorUnknown() from error
    if not isinstance(values, list):
        raise CursorUnknown()
    return values


def _cursor_of(row: Any, keys: Sequence[InstrumentedAttribute[Any]]) -> str:
    values = [getattr(row, key.key) for key in keys]
    return write_cursor([value.isoformat() if isinstance(value, datetime) else value for value in values])


def _values(cursor: str, keys: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        return [_typed(value, key) for value, key in zip(read_cursor(cursor), keys, strict=True)]
    except (ValueError, TypeError) as error:
        raise CursorUnknown() from error


def _typed(value: Any, key: InstrumentedAttribute[Any]) -> Any:
    if isinstance(key.type, UtcDateTime):
        return datetime.fromisoformat(value)
    if not isinstance(value, key.type.python_type):
        raise TypeError(f"a cursor holds {value!r} where a {key.type.python_type.__name__} is due")
    return value
