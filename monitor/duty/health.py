"""How the daemon is: counters and gauges, and the little server on loopback that tells them (live, ready, metrics)."""

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 90.0
"""Seconds in which each worker has to show that it goes on."""


class Health:
    """Shared by all threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str]] = Counter()
        self._gauges: dict[str, float] = {}
        self._seen: dict[str, float] = {}
        self._problems: dict[str, str] = {}
        self.ready = threading.Event()

    def count(self, name: str, label: str = "", number: int = 1) -> None:
        """Add to a counter."""
        with self._lock:
            self._counts[name, label] += number

    def gauge(self, name: str, value: float) -> None:
        """Set a gauge."""
        with self._lock:
            self._gauges[name] = value

    def progress(self, worker: str) -> None:
        """Note that a worker goes on."""
        with self._lock:
            self._seen[worker] = time.monotonic()

    def trouble(self, what: str, problem: str | None) -> None:
        """Note a problem that keeps the daemon from its work, or that it is over."""
        with self._lock:
            if problem is None:
                self._problems.pop(what, None)
            else:
                self._problems[what] = problem

    def stuck(self) -> list[str]:
        """The workers that have not gone on for too long."""
        with self._lock:
            return [name for name, at in self._seen.items() if time.monotonic() - at > PATIENCE]

    def problems(self) -> list[str]:
        """What keeps the daemon from its work, a line each."""
        with self._lock:
            return [f"{what}: {problem}" for what, problem in self._problems.items()]

    def counts(self, name: str) -> dict[str, int]:
        """The numbers of a counter by label."""
        with self._lock:
            return {label: number for (key, label), number in self._counts.items() if key == name}

    def metrics(self) -> str:
        """Everything in the text format of Prometheus."""
        with self._lock:
            counts, gauges = sorted(self._counts.items()), sorted(self._gauges.items())
        lines = []
        for name in dict.fromkeys(name for (name, _), _ in counts):
            lines.append(f"# TYPE monitor_{name}_total counter")
            for label, number in ((label, number) for (own, label), number in counts if own == name):
                kind = f'{{kind="{label}"}}' if label else ""
                lines.append(f"monitor_{name}_total{kind} {number}")
        for name, value in gauges:
            lines += [f"# TYPE monitor_{name} gauge", f"monitor_{name} {value:g}"]
        return "\n".join([*lines, "# TYPE monitor_healthy gauge", f"monitor_healthy {int(not self.problems())}", ""])


class HealthServer:
    """Answers /live, /ready and /metrics on 127.0.0.1 while its context is open; port 0 takes any that is free."""

    def __init__(self, health: Health, port: int) -> None:
        """Raises OSError if the port is taken."""
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.health = health
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.5}, name="health", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    health: Health


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 10

    def do_GET(self) -> None:
        health = self.server.health
        match self.path:
            case "/live":
                stuck = health.stuck()
                self._answer(503 if stuck else 200, f"stuck: {', '.join(stuck)}" if stuck else "alive")
            case "/ready":
                problems = health.problems() if health.ready.is_set() else ["starting"]
                self._answer(503 if problems else 200, "\n".join(problems) or "ready")
            case "/metrics":
                self._answer(200, health.metrics(), "text/plain; version=0.0.4; charset=utf-8")
            case _:
                self._answer(404, "there are /live, /ready and /metrics")

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, text: str, kind: str = "text/plain; charset=utf-8") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
