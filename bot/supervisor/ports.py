"""Is a port free, and does what listens there answer?"""

import asyncio
import contextlib
import socket
from collections.abc import Iterable

from bot.supervisor.child import Program
from bot.supervisor.errors import SupervisorError

_ANSWER_SECONDS = 5.0


def check_free(programs: Iterable[Program]) -> None:
    """Check that each program can have its port.

    Raises:
        SupervisorError: a port is taken or not allowed; names it and the setting that changes it.
    """
    seen: dict[int, str] = {}
    for program in programs:
        if program.port is None:
            continue
        if program.port in seen:
            raise SupervisorError(
                f"Poort {program.port} staat twee keer in de instellingen: "
                f"voor {seen[program.port]} en voor {program.name}. "
                f"Verander {program.port_setting}."
            )
        seen[program.port] = program.name
        family = socket.AF_INET6 if ":" in program.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((program.host, program.port))
                probe.listen(1)
            except PermissionError:
                raise SupervisorError(
                    f"Poort {program.port} mag je niet gebruiken. "
                    f"Kies een andere met {program.port_setting}."
                ) from None
            except OSError:
                raise SupervisorError(
                    f"Poort {program.port} is bezet, dus {program.name} kan niet starten. "
                    f"Stop het andere programma of verander {program.port_setting}."
                ) from None


def reachable(host: str) -> str:
    """The address to reach a process that listens on `host`, from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104


async def status_of(program: Program) -> int | None:
    """HTTP status of the program's health page; None when it doesn't answer (yet)."""
    try:
        async with asyncio.timeout(_ANSWER_SECONDS):
            reader, writer = await asyncio.open_connection(reachable(program.host), program.port)
            try:
                writer.write(
                    f"GET {program.health} HTTP/1.1\r\nHost: localhost:{program.port}\r\n"
                    "Connection: close\r\n\r\n".encode()
                )
                await writer.drain()
                words = (await reader.readline()).split()
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
    except (OSError, TimeoutError):
        return None
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else None
