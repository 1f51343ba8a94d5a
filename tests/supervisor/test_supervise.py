"""Processes start together and end together, whatever ends them."""

import signal
from collections.abc import Callable

import pytest

from tests.supervisor.conftest import Running

Start = Callable[..., Running]


def test_says_ready_once_every_program_answers(start: Start, free_port: int) -> None:
    # GIVEN a program that answers on its port, and one without a port
    given = start(f"web:{free_port}", "parent")
    # WHEN it has started
    given.until("ready", "grandchild")
    # THEN each line carries the program's name, and readiness of the web comes first
    assert any(line.startswith("web     | web is here") for line in given.lines)
    assert any("web is klaar" in line for line in given.lines)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_everything(
    start: Start, free_port: int, sign: signal.Signals
) -> None:
    # GIVEN running programs, one of which has started a process of its own
    given = start(f"web:{free_port}", "parent")
    given.until("ready", "grandchild")
    given.remember_family()
    # WHEN Ctrl-C, a service manager or a closed terminal asks to stop
    given.process.send_signal(sign)
    # THEN all end, without an error
    assert "Alles is gestopt." in given.rest()
    assert given.process.returncode == 0
    assert given.left(0) == []
    assert len(given.family) == 3


def test_a_killed_supervisor_leaves_no_process(start: Start, free_port: int) -> None:
    # GIVEN running programs, one of which has started a process of its own
    given = start(f"web:{free_port}", "parent")
    given.until("ready", "grandchild")
    given.remember_family()
    # WHEN the supervisor itself gets no time to end anything
    given.process.kill()
    # THEN the programs notice
    assert given.left(10) == []


def test_a_program_that_ignores_the_request_is_ended_all_the_same(start: Start) -> None:
    # GIVEN a program that ignores SIGTERM
    given = start("stubborn")
    given.until("stubborn")
    given.remember_family()
    # WHEN it must stop
    given.process.send_signal(signal.SIGTERM)
    # THEN it is ended after the grace
    given.rest()
    assert given.left(0) == []


def test_a_second_ctrl_c_does_not_wait(start: Start, free_port: int) -> None:
    # GIVEN a stop that waits for a stubborn program
    given = start("stubborn")
    given.until("stubborn")
    given.remember_family()
    given.process.send_signal(signal.SIGINT)
    given.until("Alles stopt")
    # WHEN the second Ctrl-C comes
    given.process.send_signal(signal.SIGINT)
    # THEN everything has ended
    given.rest()
    assert given.left(0) == []


def test_a_program_that_dies_is_named_with_its_last_lines(start: Start, free_port: int) -> None:
    # GIVEN a program that dies beside one that runs
    given = start(f"web:{free_port}", "dying")
    # WHEN it has died
    actual = given.rest()
    # THEN it is named, with its last twenty lines, and the supervisor fails
    assert "error: dying is gestopt (code 3)." in actual
    expected = [f"last: line {number}" for number in range(11, 31)]
    assert [line for line in given.lines if line.startswith("last:")] == expected
    assert given.process.returncode == 1


def test_a_killed_program_is_named_and_the_rest_ends(start: Start, free_port: int) -> None:
    # GIVEN running programs
    given = start(f"web:{free_port}", "parent")
    given.until("ready", "grandchild")
    given.remember_family()
    # WHEN the first is killed
    web = next(one for one in given.family if str(free_port) in one.cmdline())
    web.send_signal(signal.SIGKILL)
    # THEN it is named, and nothing is left
    assert "error: web is gestopt door SIGKILL." in given.rest()
    assert given.process.returncode == 1
    assert given.left(0) == []


def test_a_full_disk_is_said_in_one_sentence(start: Start) -> None:
    actual = start("disk_full").rest()
    assert "De schijf is vol. Maak plaats vrij en probeer opnieuw." in actual


def test_endless_lines_and_odd_bytes_do_no_harm(start: Start) -> None:
    given = start("long_lines")
    given.until("after")
    given.process.send_signal(signal.SIGTERM)
    given.rest()
    assert max(len(line) for line in given.lines) < 5000


def test_an_output_that_is_gone_is_no_reason_to_leave_processes(
    start: Start, free_port: int
) -> None:
    # GIVEN a supervisor whose output nobody reads any more
    given = start(f"web:{free_port}", "parent")
    given.until("ready", "grandchild")
    given.remember_family()
    assert given.process.stdout is not None
    given.process.stdout.close()
    # WHEN it must stop
    given.process.send_signal(signal.SIGHUP)
    given.process.wait(20)
    # THEN nothing is left
    assert given.left(0) == []
