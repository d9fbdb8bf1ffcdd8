"""The JSON of the API, both ways: what comes in is checked here once, what goes out is named here.

Ids are strings, instants RFC 3339 with `Z`, days `YYYY-MM-DD`, wall times `HH:MM` (`24:00` only as an end), durations
whole milliseconds.
"""
