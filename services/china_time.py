"""The one time zone of the service: dates on paper are dates in China."""

from datetime import UTC, datetime, timedelta, timezone

# A fixed offset instead of ZoneInfo("Asia/Shanghai"): no daylight saving since 1991,
# and small container images come without time-zone data.
CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")


def stamp(at: datetime) -> str:
    """`at` as stored: UTC at a fixed width, so that stamps sort as text."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(stored: str) -> datetime:
    """The stored time in China, where its date is the one people mean."""
    return datetime.fromisoformat(stored).astimezone(CHINA_TIME)
