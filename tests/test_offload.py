import subprocess
import sys
import threading

import pytest

from signage_server.offload import off_loop

UNDER_GEVENT = """
from gevent import monkey
monkey.patch_all()
import traceback
import gevent
from gevent.monkey import get_original
from signage_server.offload import off_loop

here = get_original("threading", "get_ident")()

def divide(by):
    assert get_original("threading", "get_ident")() != here, "it runs in a thread"
    return 10 / by

turns = []
waiting = get_original("time", "sleep")
gevent.spawn(lambda: turns.append("had its turn"))
off_loop(waiting, 0.2)
assert turns == ["had its turn"]
assert off_loop(divide, by=4) == 2.5
assert isinstance(off_loop(lambda: ValueError("a result")), ValueError), "an exception may be what is asked for"
try:
    off_loop(divide, 0)
except ZeroDivisionError as error:
    assert traceback.extract_tb(error.__traceback__)[-1].name == "divide"
    print("refused")
"""


def test_without_gevent_it_is_simply_called() -> None:
    assert off_loop(threading.get_ident) == threading.get_ident()
    with pytest.raises(ZeroDivisionError):
        off_loop(divmod, 1, 0)


def test_under_gevent_others_go_on_and_what_it_raises_comes_home_without_a_word_in_the_log() -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", UNDER_GEVENT], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "refused\n", "")
