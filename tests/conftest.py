"""What every test may count on: no network beyond this machine, and a real browser by name."""

import os
import sys
from collections.abc import Iterator
from ipaddress import ip_address
from typing import Any

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browser import chromium_path


def _stay_on_this_machine(event: str, arguments: tuple[Any, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and address[0] != "localhost" and not ip_address(address[0]).is_loopback:
        raise ConnectionRefusedError(f"tests stay on this machine, but one asked for {address[0]}")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse every connection that leaves this machine, and forget the settings of whoever runs the tests."""
    sys.addaudithook(_stay_on_this_machine)
    for name in [n for n in os.environ if n.startswith("SIGNAGE_") and not n.startswith("SIGNAGE_TEST_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of browsers in this process: Playwright allows no second one beside it."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium that tests drive; `make test` has installed it."""
    return chromium_path()
