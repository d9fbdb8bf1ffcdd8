"""The command `signage-server`."""

import json

import click


@click.group()
def main() -> None:
    """Signage server: slides go up, every board shows them."""


@main.command()
def openapi() -> None:
    """Print the API's description (OpenAPI 3.1); needs no installation."""
    from signage_server.app import create_app
    from signage_server.config import Settings
    from signage_server.web.api.openapi import describe

    click.echo(json.dumps(describe(create_app(Settings())), ensure_ascii=False, indent=2))
