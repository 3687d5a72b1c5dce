"""``bot run``: everything as one foreground process, until Ctrl-C."""

from __future__ import annotations

import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from types import FrameType

import httpx

from bot.settings import Settings
from bot.supervision import ports
from bot.supervision.programs import Program, log_file, parser_missing, programs
from bot.supervision.supervisor import Supervisor, already_running

FIRST_PAGE_SECONDS = 120.0
LOOK_SECONDS = 0.5
HEARTBEAT_SECONDS = 10.0
LINES_SHOWN_ON_FAILURE = 15
GIVEN_UP = "FATAL"


def _print_now(text: str) -> None:
    print(text, flush=True)


def run_everything(
    settings: Settings,
    announcement: Sequence[str] = (),
    listed: Sequence[Program] | None = None,
    say: Callable[[str], None] = _print_now,
) -> int:
    """Start all programs, print addresses and the announcement (sign-ins, a token), and stay until Ctrl-C.

    The database must be migrated and seeded. A program that dies is started again. Returns the exit code:
    0 after Ctrl-C or SIGTERM, 1 when it could not start.
    """
    listed = programs(settings) if listed is None else listed
    state = settings.state_dir
    (state / "logs").mkdir(parents=True, exist_ok=True, mode=0o700)
    if pid := already_running(state):
        say(f"It is running already, with this state folder (process {pid}). To stop it:  kill {pid}")
        return 1
    if complaints := ports.taken(listed):
        for complaint in complaints:
            say(complaint)
        return 1
    stop = _stop_on_signals()
    with Supervisor(listed, state) as supervisor:
        watch = _Watch(settings, listed, supervisor, stop, say)
        code = watch.until_stopped(announcement)
        say("Stopping …")
    say("Stopped.")
    return code


def _stop_on_signals() -> threading.Event:
    stop = threading.Event()

    def asked(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked)
    return stop


class _Watch:
    """The foreground loop: sees programs become ready, tells of it, revives what supervisord gave up."""

    def __init__(
        self,
        settings: Settings,
        listed: Sequence[Program],
        supervisor: Supervisor,
        stop: threading.Event,
        say: Callable[[str], None],
    ) -> None:
        self._settings = settings
        self._listed = listed
        self._supervisor = supervisor
        self._stop = stop
        self._say = say
        self._started = time.monotonic()
        self._states: dict[str, str] = {}
        self._client = httpx.Client(trust_env=False, timeout=2.0)

    def until_stopped(self, announcement: Sequence[str]) -> int:
        """0 when it was asked to stop, 1 when the first page never came or supervisord itself ended."""
        at_once = [program for program in self._listed if program.at_once]
        self._say("Starting: " + ", ".join(program.title for program in at_once))
        if not self._wait_for(at_once):
            return 0 if self._stop.is_set() else 1
        self._tell_addresses(announcement)
        later = [program for program in self._listed if not program.at_once]
        for program in later:
            self._supervisor.start(program)
        return self._keep([program for program in later if program.ready_path])

    def _wait_for(self, awaited: Sequence[Program]) -> bool:
        waiting = [program for program in awaited if program.ready_path]
        told = self._started
        while waiting and not self._stop.wait(LOOK_SECONDS):
            for program in [program for program in waiting if self._is_ready(program)]:
                waiting.remove(program)
                self._say(f"  {program.title}: ready after {self._elapsed():.0f} s")
            if failed := self._failed(awaited):
                self._explain(failed)
                return False
            if time.monotonic() - told > HEARTBEAT_SECONDS:
                told = time.monotonic()
                names = ", ".join(program.title for program in waiting)
                self._say(f"  … waiting for {names} ({self._elapsed():.0f} s)")
        return not self._stop.is_set()

    def _failed(self, awaited: Iterable[Program]) -> list[Program]:
        if self._supervisor.exit_code() is not None or self._elapsed() > FIRST_PAGE_SECONDS:
            return [program for program in awaited if not program.ready_path or not self._is_ready(program)]
        states = self._supervisor.states()
        return [program for program in awaited if states.get(program.name) == GIVEN_UP]

    def _explain(self, failed: Iterable[Program]) -> None:
        for program in failed:
            log = log_file(self._settings.state_dir, program)
            self._say(f"The {program.title} did not start. The end of {log}:")
            if log.exists():
                with log.open(errors="replace") as lines:
                    for line in deque(lines, LINES_SHOWN_ON_FAILURE):
                        self._say("    " + line.rstrip())

    def _tell_addresses(self, announcement: Sequence[str]) -> None:
        web = f"http://{self._settings.host}:{self._settings.web_port}"
        self._say("")
        self._say(f"Chat                 {web}/")
        self._say(f"JSON API             {web}/api/docs")
        if any(program.name == "intake" for program in self._listed):
            self._say(f"Reference intake     http://127.0.0.1:{self._settings.intake_port}/")
        for line in announcement:
            self._say(line)
        self._say("Ctrl-C stops all of it.")
        if missing := parser_missing(self._settings):
            self._say(f"Free text is not read: {missing} Buttons and plain questions work.")
        else:
            self._say("The parser warms up; until it is ready, buttons and plain questions work.")

    def _keep(self, warming: list[Program]) -> int:
        """Stay until asked to stop; say when what warms up is ready, and what died and came back."""
        while not self._stop.wait(LOOK_SECONDS):
            if self._supervisor.exit_code() is not None:
                self._say("supervisord ended by itself; see logs/supervisord.log in the state folder.")
                return 1
            for program in [program for program in warming if self._is_ready(program)]:
                warming.remove(program)
                self._say(f"The {program.title} is ready after {self._elapsed():.0f} s.")
            self._tell_changes()
        return 0

    def _tell_changes(self) -> None:
        states = self._supervisor.states()
        for program in self._listed:
            now = states.get(program.name)
            if now is None or now == self._states.get(program.name):
                continue
            before, self._states[program.name] = self._states.get(program.name), now
            if now == GIVEN_UP:
                self._say(f"The {program.title} keeps failing; trying on. See {self._log(program)}")
                self._supervisor.start(program)
            elif before == "RUNNING":
                self._say(f"The {program.title} stopped and is started again. See {self._log(program)}")

    def _log(self, program: Program) -> str:
        return str(log_file(self._settings.state_dir, program))

    def _is_ready(self, program: Program) -> bool:
        host = f"[{program.host}]" if ":" in program.host else program.host
        host = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}.get(host, host)  # noqa: S104 (asked, not bound)
        try:
            return self._client.get(f"http://{host}:{program.port}{program.ready_path}").is_success
        except httpx.HTTPError:
            return False

    def _elapsed(self) -> float:
        return time.monotonic() - self._started
