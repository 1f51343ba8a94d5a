"""The custom actions that Rasa calls. What they decide is in `bot.conversation`."""

from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.turn import take_turn


class ActionRespond(Action):
    """Every message outside the forms."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_respond"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """One turn of the conversation."""
        return take_turn(dispatcher, tracker)


class ValidateIntakeForm(ActionRespond):
    """Every message inside the intake: reads the answer, puts the next question."""

    def name(self) -> str:
        """Name in the domain."""
        return "validate_intake_form"


class ValidateBookingForm(ActionRespond):
    """Every message inside a booking."""

    def name(self) -> str:
        """Name in the domain."""
        return "validate_booking_form"
