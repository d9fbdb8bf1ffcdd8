"""The JSON API, `/api/v1`: one module for each resource."""

from apiflask import APIBlueprint

from signage_server.web.api import (
    assets,
    day_sets,
    docs,
    ics,
    links,
    me,
    moments,
    openapi,
    playlists,
    previews,
    reports,
    rhythm,
    schedules,
    screens,
    server,
    tags,
    tokens,
    units,
    week,
)

PREFIX = "/api/v1"

BLUEPRINTS: list[APIBlueprint] = [
    server.blueprint,
    me.blueprint,
    links.blueprint,
    assets.blueprint,
    playlists.blueprint,
    schedules.blueprint,
    previews.blueprint,
    ics.blueprint,
    day_sets.blueprint,
    week.blueprint,
    screens.blueprint,
    tags.blueprint,
    moments.blueprint,
    reports.blueprint,
    rhythm.blueprint,
    units.blueprint,
    tokens.blueprint,
    openapi.blueprint,
    docs.blueprint,
]
"""In the order in which the documentation shows them."""
