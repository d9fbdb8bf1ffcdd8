import subprocess
import sys

from tests.house.tree import ROOT

IMPORT_EVERYTHING = """
import importlib, pkgutil, sys, threading

STARTS_SOMETHING = ("socket.bind", "socket.connect", "sqlite3.connect", "subprocess.Popen", "os.fork", "os.mkdir")

def watch(event, arguments):
    if event == "socket.bind" and sys._getframe(1).f_globals["__name__"] == "urllib3.util.connection":
        return  # asks once whether the machine knows IPv6
    if event in STARTS_SOMETHING:
        raise SystemExit(f"{event} {arguments} while importing")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wxa+"):
        raise SystemExit(f"{arguments[0]} opened for writing while importing")

sys.dont_write_bytecode = True
sys.addaudithook(watch)
import signage_server
for module in pkgutil.walk_packages(signage_server.__path__, "signage_server."):
    if not module.name.endswith("__main__") and ".migrations" not in module.name:
        importlib.import_module(module.name)
assert threading.active_count() == 1, threading.enumerate()
"""


def test_importing_does_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
