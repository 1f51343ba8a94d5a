"""The queue of messages that go out: put in with the change they tell of, sent by a channel.

A message is queued in the same unit of work as the booking (or whatever it is about), so neither
exists without the other. A channel takes messages out in three steps, each one statement in the
database, so that any number of processes send each message once:

1. `claim`: a lease; when the process dies here, the message is free again after two minutes.
2. `handing_over`: right before the bytes that make the receiver take the message for good.
3. `sent`, `try_later` or `refused`: what came of it.

A process that dies between 2 and 3 leaves a message of which nobody knows whether it arrived. It
is not sent again: twice the same mail confuses, and in practice it did arrive, because 2 comes
as late as can be. Such messages end as `unknown` and are logged. The desk shows them, as it shows
what was refused or waits long (`in_trouble`), and somebody may send them `again`.
"""

from bot.outbox.mail import Postman
from bot.outbox.night import daytime, is_night
from bot.outbox.queue import (
    Button,
    Outgoing,
    claim,
    enqueue,
    handing_over,
    refused,
    sent,
    tidy,
    try_later,
    unknown,
    waiting,
    withdraw,
)
from bot.outbox.ready import can_send
from bot.outbox.sender import Clock, Sender, utc_now
from bot.outbox.trouble import again, in_trouble, unreached

__all__ = [
    "Button",
    "Clock",
    "Outgoing",
    "Postman",
    "Sender",
    "again",
    "can_send",
    "claim",
    "daytime",
    "enqueue",
    "handing_over",
    "in_trouble",
    "is_night",
    "refused",
    "sent",
    "tidy",
    "try_later",
    "unknown",
    "unreached",
    "utc_now",
    "waiting",
    "withdraw",
]
