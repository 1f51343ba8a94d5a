"""Counsellors to book with."""

from tests.appointments.conftest import make_counsellor

__all__ = ["make_counsellor"]
