"""A process that does and sends what the web process does, until nothing is left or it is killed.

Called by `test_killed.py` with how many minutes its clock is ahead.
"""

import datetime as dtm
import sys

from bot import appointments, outbox


def main() -> None:
    ahead = dtm.timedelta(minutes=float(sys.argv[1]))

    def clock() -> dtm.datetime:
        return outbox.utc_now() + ahead

    sender = outbox.Sender(
        [outbox.tidy, appointments.upkeep], [outbox.Postman().drain], clock=clock
    )
    while sender.once():
        pass


if __name__ == "__main__":
    main()
