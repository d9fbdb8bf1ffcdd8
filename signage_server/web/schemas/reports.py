"""The JSON of reports."""

from datetime import date

from signage_server.web.schemas.values import Instant, Outgoing


class PlayTotals(Outgoing):
    """One line of the proof of play: totals of an asset under a schedule on a screen, for a day."""

    day: date
    screen_id: str
    screen_name: str
    asset_id: str
    asset_name: str
    schedule_id: str
    schedule_name: str
    role: str
    plays: int
    shown_ms: int
    first: Instant
    last: Instant
    longest_gap_ms: int
    guessed_plays: int
