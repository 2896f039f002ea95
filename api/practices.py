"""Where a practice is, and which visits lie on one of its days."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.context import Context


def zone_of(context: Context, connection: Connection, practice: str | None) -> ZoneInfo:
    """The practice's time zone."""
    practices = context.tables.practices
    return ZoneInfo(connection.scalar(sa.select(practices.c.timezone).where(practices.c.id == practice)) or "UTC")


def today(context: Context, zone: ZoneInfo) -> date:
    """The day that it is there."""
    return context.now().astimezone(zone).date()


def on_day(visits: sa.Table, day: date, zone: ZoneInfo) -> sa.ColumnElement[bool]:
    """Whether a visit is on this day of the practice."""
    start = datetime.combine(day, time(), zone)
    return sa.and_(visits.c.at >= start, visits.c.at < start + timedelta(days=1))
