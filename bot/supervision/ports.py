"""Seeing before the start whether every port is free."""

from __future__ import annotations

import socket
from collections.abc import Iterable

from bot.supervision.programs import Program


def taken(listed: Iterable[Program]) -> list[str]:
    """One plain sentence for each port that cannot be used, naming the setting that changes it."""
    complaints = []
    for program in listed:
        if program.port is None:
            continue
        fault = _fault(program.host, program.port)
        if fault:
            complaints.append(
                f"Port {program.port} on {program.host}, for the {program.title}, cannot be used: {fault}. "
                "Stop what uses it, or choose another:  "
                f"{program.port_setting}={program.port + 1000} make run"
            )
    return complaints


def _fault(host: str, port: int) -> str | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just left is free
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as fault:
            return (fault.strerror or "it could not be opened").lower()
    return None
