"""Asks a server's `/healthz` twenty times a second and writes how long each answer took, until standard input ends.

A process of its own: a thread of a busy test would measure how long it waited for its own interpreter.
"""

import select
import sys
import time

import requests

EVERY_S = 0.05


def main(url: str) -> None:
    """Write one line of seconds for each answer; an answer that is not 200 ends it."""
    with requests.Session() as session:
        while not select.select([sys.stdin], [], [], EVERY_S)[0]:
            began = time.monotonic()
            session.get(f"{url}/healthz", timeout=30).raise_for_status()
            sys.stdout.write(f"{time.monotonic() - began:.4f}\n")


if __name__ == "__main__":
    main(sys.argv[1])
