"""How far the intake is."""

import itertools

from bot.conversation import agenda, progress
from tests.conversation.talking import Client


def answered(client: Client, *fields: str) -> float:
    for field in fields:
        client.state.record(field, "x", "said")
    return progress(client.state)


def test_nothing_is_done_at_the_start() -> None:
    assert progress(Client().state) == 0


def test_every_answer_brings_it_further_until_all_is_done() -> None:
    client = Client()
    seen = [progress(client.state)]

    for field in ("consent", "dream", *agenda.FOR_FIRST_IDEAS):
        seen.append(answered(client, field))
    assert seen[-1] == agenda.UP_TO_FIRST_IDEAS
    client.state.memory.more_questions = "yes"
    for field in agenda.FOR_BETTER_ADVICE:
        seen.append(answered(client, field))

    assert all(a <= b for a, b in itertools.pairwise(seen))
    assert seen[-1] == 1


def test_a_skipped_question_is_done_too() -> None:
    client = Client()
    client.state.record("consent", None, "skipped")

    assert progress(client.state) > 0


def test_who_wants_no_more_questions_is_ready() -> None:
    client = Client()
    answered(client, "consent", "dream", *agenda.FOR_FIRST_IDEAS)
    client.state.memory.more_questions = "no"

    assert progress(client.state) == 1


def test_the_aid_text_names_its_language() -> None:
    client = Client()

    reply = client.types("merhaba", intent="other_language", language="tr")

    aid = next(said for said in reply.says if said.response == "utter_aid_tr")
    assert aid.custom == {"lang": "tr"}
