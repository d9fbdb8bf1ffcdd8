"""The JSON API, `/api/v1`: one module for each resource."""

from apiflask import APIBlueprint

from signage_server.web.api import openapi, playlists, units

PREFIX = "/api/v1"

BLUEPRINTS: list[APIBlueprint] = [
    playlists.blueprint,
    units.blueprint,
    openapi.blueprint,
]
"""In the order in which the documentation shows them."""
