"""What can go wrong with an appointment; the layer above turns each into one friendly sentence."""

from collections.abc import Sequence


class AppointmentError(Exception):
    """Base of this package's errors."""


class SlotTaken(AppointmentError):  # noqa: N818 (the name is part of the agreed interface)
    """The slot is no longer to be had: somebody was faster, or it is not offered any more."""


class NoSuchAppointment(AppointmentError, LookupError):  # noqa: N818
    """There is no appointment with this number, or it was cancelled."""


class NotPossible(AppointmentError, ValueError):  # noqa: N818
    """What a counsellor asked cannot be; the message is a Dutch sentence to show as it is."""


class Doubtful(AppointmentError):  # noqa: N818
    """Somebody should look again: possible, but odd. Not done until it is confirmed.

    Args:
        reasons: Dutch sentences to show as they are.
        key: to hand back as `confirmed` when this is what is meant; holds for these reasons only.
    """

    def __init__(self, reasons: Sequence[str], key: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons, self.key = tuple(reasons), key
