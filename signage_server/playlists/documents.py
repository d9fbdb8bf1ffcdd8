"""Playlist documents: a campaign as a file that people read and edit by hand, and as values.

Pure: text or plain data in, frozen models out, and back. Nothing here knows a database or an id; names inside the
document tie notices to slides and playlists to schedules. `docs/playlist-documents.md` is its description for people.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationError,
    field_validator,
    model_validator,
)

from signage_server.errors import Language
from signage_server.library.notices import Notice, refusal
from signage_server.playlists.day_lists import BUILT_IN_SETS, DaySet, Listed, Name, Title, names_of, plain
from signage_server.playlists.problems import DocumentInvalid, problems_of
from signage_server.playlists.reading import read_yaml

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAME: Final = re.compile(r"({0})(-({0}))?".format("|".join(DAYS)))
Role = Literal["rotation", "reminder", "takeover", "off"]

_UNITS_MS: Final = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}


def _span_ms(value: object) -> object:
    """`12s`, `15min`, `1h` → milliseconds."""
    parts = re.fullmatch(r"(\d+) ?(ms|s|min|h)", value.strip()) if isinstance(value, str) else None
    if parts is None:
        raise refusal(
            "document_span",
            "Hãy ghi một khoảng thời gian như 12s, 15min hoặc 1h.",
            "Write a length of time, such as 12s, 15min or 1h.",
        )
    return int(parts[1]) * _UNITS_MS[parts[2]]


def _span(value_ms: int) -> str:
    unit = next(unit for unit in ("h", "min", "s", "ms") if value_ms % _UNITS_MS[unit] == 0)
    return f"{value_ms // _UNITS_MS[unit]}{unit}"


def _wall_time(value: object) -> object:
    """`07:00` → itself. YAML reads an unquoted 19:00 as a number to the base of sixty: 1140."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1440:
        value = f"{value // 60:02d}:{value % 60:02d}"
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d|24:00", value):
        raise refusal(
            "document_time",
            "Hãy ghi giờ trong ngày như 07:00 hoặc 19:30.",
            "Write a time of day, such as 07:00 or 19:30.",
        )
    return value


def _days(value: object) -> object:
    """`mon-fri`, `mon` or a list of days → the days in the order of the week."""
    names: list[Any] = list(value) if isinstance(value, list | tuple) else [value]
    if not names or not all(isinstance(name, str) and _DAY_NAME.fullmatch(name) for name in names):
        raise refusal(
            "document_days",
            "Hãy ghi các ngày như mon-fri hoặc [mon, wed, sat]: mon là thứ Hai, sun là Chủ nhật.",
            "Write days such as mon-fri or [mon, wed, sat].",
        )
    chosen = {day for name in names for day in _day_range(name)}
    return tuple(day for day in DAYS if day in chosen)


def _day_range(name: str) -> tuple[Day, ...]:
    names: tuple[str, ...] = DAYS
    first, last = names.index(name[:3]), names.index(name[-3:])
    return DAYS[first : last + 1] if first <= last else DAYS[first:] + DAYS[: last + 1]


def _role(value: object) -> object:
    """YAML reads an unquoted off as false."""
    return "off" if value is False else value


WallTime = Annotated[str, BeforeValidator(_wall_time)]
SpanMs = Annotated[int, BeforeValidator(_span_ms), PlainSerializer(_span)]
SlideMs = Annotated[SpanMs, Field(ge=1000, le=3_600_000)]
EveryMs = Annotated[SpanMs, Field(ge=60_000, le=86_400_000)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Campaign(_Part):
    """What the document is about."""

    name: Name
    title: Title
    description: str = ""
    language: Language = "vi"


class Slide(_Part):
    """One showing of a notice of this document."""

    notice: Name
    duration_ms: SlideMs = Field(alias="duration")
    fit: Literal["cover", "contain"] = "contain"
    transition: Literal["fade", "cut"] = "fade"


class Playlist(_Part):
    """Slides in their order."""

    title: Title
    slides: tuple[Slide, ...] = Field(min_length=1)

    @property
    def length_ms(self) -> int:
        """One round of all its slides."""
        return sum(slide.duration_ms for slide in self.slides)


class Window(_Part):
    """From–to of the day, half-open; it belongs to the day it starts on, and `to` before `from` crosses midnight."""

    from_time: WallTime = Field(alias="from")
    to_time: WallTime = Field(alias="to")

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.from_time in (self.to_time, "24:00"):
            raise refusal(
                "document_window",
                "Giờ bắt đầu và giờ kết thúc phải khác nhau; cả ngày là 00:00–24:00.",
                "A window's two times must differ; the whole day is 00:00–24:00.",
            )
        return self


ALL_DAY: Final = Window(from_time="00:00", to_time="24:00")


class Schedule(_Part):
    """A playlist, when and how. It goes to every screen of the unit that imports it."""

    playlist: Name | None = None
    role: Annotated[Role, BeforeValidator(_role)] = "rotation"
    days: Annotated[tuple[Day, ...], BeforeValidator(_days)] = DAYS
    windows: tuple[Window, ...] = Field((ALL_DAY,), min_length=1)
    first_day: date | None = None
    last_day: date | None = None
    only_on: tuple[Name, ...] | None = Field(None, max_length=20)
    """Names of day sets. Of the days those count that stand in one of them."""
    also_on: tuple[Listed, ...] | None = Field(None, max_length=1000)
    """Dates and names of day sets, added to the days."""
    not_on: tuple[Listed, ...] | None = Field(None, max_length=1000)
    """The same, left out."""
    every_ms: EveryMs | None = Field(None, alias="every")
    take: Literal["next", "all"] | None = None
    priority: Annotated[int, Field(ge=0, le=1000)] | None = None

    @property
    def sets(self) -> tuple[str, ...]:
        """The names of all day sets that it speaks of."""
        return (*(self.only_on or ()), *names_of(self.also_on or ()), *names_of(self.not_on or ()))

    @property
    def rrule(self) -> str:
        """The days as an RFC 5545 rule over dates."""
        if self.days == DAYS:
            return "FREQ=DAILY"
        return "FREQ=WEEKLY;BYDAY=" + ",".join(day[:2].upper() for day in self.days)

    @model_validator(mode="after")
    def _fits_its_role(self) -> Self:
        _check_role(self)
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise refusal(
                "document_last_day",
                "Ngày cuối phải sau ngày đầu.",
                "The last day must not be before the first.",
            )
        return self


def _check_role(schedule: Schedule) -> None:
    wanted: dict[Role, set[str]] = {"reminder": {"playlist", "every"}, "off": set()}
    allowed: dict[Role, set[str]] = {"reminder": {"take"}, "takeover": {"priority"}}
    given = {
        "playlist": schedule.playlist is not None,
        "every": schedule.every_ms is not None,
        "take": schedule.take is not None,
        "priority": schedule.priority is not None,
    }
    needs = wanted.get(schedule.role, {"playlist"})
    for field, is_given in given.items():
        if field in needs and not is_given:
            raise refusal(
                "document_role_needs",
                "Lịch kiểu “{role}” cần thêm “{field}”.",
                "A schedule with the role “{role}” needs “{field}”.",
                role=schedule.role,
                field=field,
            )
        if is_given and field not in needs | allowed.get(schedule.role, set()):
            raise refusal(
                "document_role_without",
                "Lịch kiểu “{role}” không dùng “{field}”. Hãy bỏ dòng này.",
                "A schedule with the role “{role}” has no “{field}”. Leave it out.",
                role=schedule.role,
                field=field,
            )


class Document(_Part):
    """A whole playlist document."""

    format: Literal[1] = 1
    campaign: Campaign
    notices: dict[Name, Notice] = Field(min_length=1)
    playlists: dict[Name, Playlist] = Field(min_length=1)
    day_sets: dict[Name, DaySet] = Field(default_factory=dict)
    schedules: tuple[Schedule, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _share_common_fields(cls, data: Any) -> Any:
        """Fields under `common` belong to every notice that does not say otherwise."""
        if not isinstance(data, dict) or not isinstance(data.get("notices"), dict):
            return data
        campaign = data.get("campaign")
        language = (
            {"language": campaign["language"]}
            if isinstance(campaign, dict) and "language" in campaign
            else {}
        )
        rest = {key: value for key, value in data.items() if key != "common"}
        common = data.get("common") or {}
        if not isinstance(common, dict):
            raise refusal(
                "document_common", "“common” phải là các dòng “tên: chữ”.", "“common” must be fields."
            )
        notices = {
            name: language | common | notice if isinstance(notice, dict) else notice
            for name, notice in data["notices"].items()
        }
        return rest | {"notices": notices}

    @field_validator("schedules", mode="before")
    @classmethod
    def _nothing_is_none(cls, schedules: Any) -> Any:
        return schedules if schedules is not None else ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        for name, playlist in self.playlists.items():
            for place, slide in enumerate(playlist.slides, start=1):
                _check_name(slide.notice, self.notices, f"playlists › {name} › slides › {place}")
        for place, schedule in enumerate(self.schedules, start=1):
            if schedule.playlist is not None:
                _check_name(schedule.playlist, self.playlists, f"schedules › {place}")
            for name in schedule.sets:
                _check_name(name, (*BUILT_IN_SETS, *self.day_sets), f"schedules › {place}")
        return self


def _check_name(name: str, known: Collection[str], place: str) -> None:
    if name not in known:
        raise refusal(
            "document_name",
            "Ở {place}: không có “{name}” trong tài liệu này. Có: {known}.",
            "At {place}: there is no “{name}” in this document. There are: {known}.",
            name=name,
            place=place,
            known=", ".join(known),
        )


def load(text: str) -> Document:
    """Read a document from YAML text. Raises DocumentInvalid."""
    return from_data(read_yaml(text))


def from_data(data: object) -> Document:
    """Read a document from parsed YAML or JSON. Raises DocumentInvalid."""
    try:
        return Document.model_validate(data)
    except ValidationError as error:
        raise DocumentInvalid(problems_of(error)) from None


def to_data(document: Document) -> dict[str, Any]:
    """The document as plain data, without what stands at its default."""
    data = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for name, notice in document.notices.items():
        data["notices"][name].pop("language", None)
        if notice.language != document.campaign.language:
            data["notices"][name]["language"] = notice.language
    sets = {name: plain(day_set) for name, day_set in data.pop("day_sets", {}).items()}
    scheduled = data.pop("schedules", None)
    data |= {"day_sets": sets} if sets else {}
    return {"format": document.format} | data | ({"schedules": scheduled} if scheduled else {})


def dump(document: Document) -> str:
    """The document as YAML text; `load` gives back an equal one."""
    return yaml.safe_dump(to_data(document), allow_unicode=True, sort_keys=False, width=110)
