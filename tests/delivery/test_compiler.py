"""The real process, asked as the server asks it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest

from signage_server.delivery import compiler as compiler_module
from signage_server.delivery.compiler import CompileFailed, Compiler, Worker
from signage_server.delivery.compiling import Compiled, Content, compiled
from signage_server.scheduling.timeline import SlideSpec


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.stop()


def pid_of(worker: Worker) -> int:
    assert worker._process is not None
    return worker._process.pid


def different(content: Content, count: int) -> list[Content]:
    return [replace(content, spread_ms=number) for number in range(count)]


def test_it_answers_in_order_what_would_be_compiled_here(worker: Worker, content: Content) -> None:
    contents = different(content, 20)
    assert list(worker.compile_all(contents)) == [compiled(one) for one in contents]


def test_manifests_larger_than_any_buffer_go_through(worker: Worker, content: Content) -> None:
    many = tuple(SlideSpec(f"sld_{number}", 10_000) for number in range(20_000))
    large = replace(content, fallback=many, media=tuple(replace(content.media[0], id=one.id) for one in many))
    answers = list(worker.compile_all([large, large, large]))
    assert answers == [compiled(large)] * 3


def test_the_process_stays_for_the_next_time(worker: Worker, content: Content) -> None:
    list(worker.compile_all([content]))
    before = pid_of(worker)
    list(worker.compile_all([content]))
    assert pid_of(worker) == before


def test_a_content_that_cannot_be_compiled_says_why_and_stops_no_other(
    worker: Worker, content: Content
) -> None:
    failed, good = worker.compile_all([replace(content, fallback=()), content])
    assert isinstance(failed, CompileFailed)
    assert "a timeline needs a fallback" in str(failed)
    assert good == compiled(content)


def test_when_the_process_has_died_another_takes_its_place(worker: Worker, content: Content) -> None:
    list(worker.compile_all([content]))
    before = pid_of(worker)
    os.kill(before, signal.SIGKILL)
    assert list(worker.compile_all([content])) == [compiled(content)]
    assert pid_of(worker) != before


class Instead:
    """Whoever unpickles it calls something else."""

    def __init__(self, call: Callable[..., object], *arguments: object) -> None:
        self._call = call, arguments

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return self._call


@pytest.mark.parametrize("end", [Instead(os._exit, 3), Instead(time.sleep, 60)], ids=["dies", "hangs"])
def test_a_content_over_which_the_process_ends_twice_is_given_up_and_the_next_goes_on(
    worker: Worker, content: Content, monkeypatch: pytest.MonkeyPatch, end: Instead
) -> None:
    monkeypatch.setattr(compiler_module, "PATIENCE_S", 1)
    bad = replace(content, profile=cast(str, end))
    first, given_up, last = worker.compile_all([content, bad, content])
    assert isinstance(given_up, CompileFailed)
    assert first == last == compiled(content)


def test_it_ends_with_the_server(worker: Worker, content: Content) -> None:
    list(worker.compile_all([content]))
    process = worker._process
    assert process is not None
    worker.stop()
    assert process.returncode is not None


def test_without_sockets_to_serve_it_is_done_here(content: Content) -> None:
    compiler = Compiler()
    good, failed = compiler.compile_all([content, replace(content, fallback=())])
    assert isinstance(good, Compiled)
    assert isinstance(failed, ValueError)
    assert compiler._worker is None
