"""A taken port gets one clear sentence."""

import socket

import pytest

from bot.supervisor import ports
from bot.supervisor.child import Program
from bot.supervisor.errors import SupervisorError


def a_program(name: str, port: int | None) -> Program:
    return Program(name, "x:y", port=port, port_setting=f"LEERWIJZER_{name.upper()}_PORT")


def test_a_taken_port_is_named_with_the_setting_that_changes_it() -> None:
    with socket.socket() as taken:
        # GIVEN a port that somebody else listens on
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        # WHEN a program needs it
        with pytest.raises(SupervisorError) as actual:
            ports.check_free([a_program("web", port)])
    # THEN the sentence names port, program and setting
    assert str(actual.value) == (
        f"Poort {port} is bezet, dus web kan niet starten. "
        "Stop het andere programma of verander LEERWIJZER_WEB_PORT."
    )


def test_a_port_that_was_just_used_is_free_again(free_port: int) -> None:
    # GIVEN a connection that is still in TIME_WAIT on the port
    with socket.create_server(("127.0.0.1", free_port)) as server:
        client = socket.create_connection(("127.0.0.1", free_port))
        server.accept()[0].close()
        client.close()
    # THEN a quick second start is possible
    ports.check_free([a_program("web", free_port)])


def test_one_port_for_two_programs_is_refused(free_port: int) -> None:
    with pytest.raises(SupervisorError, match=r"twee keer .* voor rasa en voor web"):
        ports.check_free([a_program("rasa", free_port), a_program("web", free_port)])


async def test_nobody_answers_on_a_free_port(free_port: int) -> None:
    assert await ports.status_of(a_program("web", free_port)) is None


@pytest.mark.parametrize(
    ("host", "expected"),
    [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("10.0.0.5", "10.0.0.5")],  # noqa: S104
)
def test_a_process_that_listens_everywhere_is_reached_on_loopback(host: str, expected: str) -> None:
    assert ports.reachable(host) == expected
