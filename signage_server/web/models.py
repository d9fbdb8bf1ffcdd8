"""Tables of the web room."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from signage_server.db import Base


class IdempotentAnswer(Base):
    """What a POST with an `Idempotency-Key` was answered, so that sending it twice does it once (kept a day)."""

    __tablename__ = "idempotent_answer"

    who: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    request_hash: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
