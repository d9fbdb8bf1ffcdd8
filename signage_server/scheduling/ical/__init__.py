"""Schedules as iCalendar files (RFC 5545), and back. Pure; what is read and written how: docs/calendar-files.md."""
