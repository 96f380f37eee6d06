"""A bound on work that has none of its own, done in a thread that is left behind when it takes too long."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result], *, name: str) -> Result:
    """What the work gives, or raises. The thread has that name, and never keeps the program from ending.

    Raises:
        TimeoutError: it took longer. It may go on unseen, and what it gives is lost.
    """
    future: Future[Result] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 (handed to the caller, where it is raised)
            future.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return future.result(timeout=seconds)
