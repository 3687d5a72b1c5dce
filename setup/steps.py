"""Steps that show progress, say plainly why they failed, and are skipped while their inputs stay the same."""

import hashlib
import os
import subprocess
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Dict, Iterable, Iterator, List, Optional, Union

ROOT = Path(__file__).resolve().parent.parent
HEARTBEAT_SECONDS = 5.0
LINES_SHOWN_ON_FAILURE = 25

Input = Union[Path, str]


class SetupError(Exception):
    """Set-up cannot go on; the message says what is wrong and how to mend it."""


def say(text: str) -> None:
    """Print one line at once, even into a pipe."""
    print(text, flush=True)


def digest(inputs: Iterable[Input]) -> str:
    """Fingerprint of what a step is made from: files by their content, strings as they are."""
    seen = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        seen.update(hashlib.sha256(content).digest())
    return seen.hexdigest()


def is_current(stamp: Path, fingerprint: str) -> bool:
    """True when the step that left this stamp was made from the same inputs."""
    return stamp.is_file() and stamp.read_text().strip() == fingerprint


def leave(stamp: Path, fingerprint: str) -> None:
    """Record that the step is done; written last, so a step that was cut off is done again."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(fingerprint + "\n")


@contextmanager
def progress(title: str) -> Iterator[None]:
    """Say what is being done, that it still goes on, and how long it took."""
    started = time.monotonic()
    done = threading.Event()

    def beat() -> None:
        while not done.wait(HEARTBEAT_SECONDS):
            say("   ... {} ({:.0f} s)".format(title, time.monotonic() - started))

    say("-> {}".format(title))
    pulse = threading.Thread(target=beat, daemon=True)
    pulse.start()
    try:
        yield
    finally:
        done.set()
        pulse.join()
    say("   done in {:.1f} s".format(time.monotonic() - started))


def run(
    command: List[str],
    mend: str,
    env: Optional[Dict[str, str]] = None,
    timeout: Optional[float] = None,
) -> str:
    """Run a command of set-up and return what it printed; on failure show its end and how to mend it."""
    try:
        finished = subprocess.run(
            command,
            cwd=str(ROOT),
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise SetupError("{} could not be run: {}\n{}".format(command[0], fault, mend)) from fault
    printed = finished.stdout.decode(errors="replace")
    if finished.returncode != 0:
        tail = "\n".join(printed.splitlines()[-LINES_SHOWN_ON_FAILURE:])
        raise SetupError("{}\nThis failed: {}\n{}".format(tail, " ".join(command), mend))
    return printed


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let two set-ups that were started together in the same checkout go one after the other."""
    try:
        import fcntl
    except ImportError:  # not a POSIX system: nothing to lock with, and nothing else here would work there
        yield
        return
    lock = ROOT / "var" / "setup.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("-> waiting for another set-up in this folder")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def environment_without_python_settings() -> Dict[str, str]:
    """This process's environment without what would make one Python look into another's folders."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PYENV_VERSION", "__PYVENV_LAUNCHER__"}
    return {name: value for name, value in os.environ.items() if name not in unwanted}
