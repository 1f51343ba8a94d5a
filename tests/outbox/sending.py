"""A process that sends what is in the queue, as the web process does, until it is empty or killed.

Called by `test_killed.py` with how many minutes its clock is ahead.
"""

import datetime as dtm
import sys

from bot import outbox


def main() -> None:
    ahead = dtm.timedelta(minutes=float(sys.argv[1]))

    def clock() -> dtm.datetime:
        return outbox.utc_now() + ahead

    sender = outbox.Sender([outbox.tidy], [outbox.Postman().drain], clock=clock)
    while sender.once():
        pass


if __name__ == "__main__":
    main()
