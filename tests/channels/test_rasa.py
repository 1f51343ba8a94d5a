"""Rasa's parts become messages."""

from bot.channels.rasa import merge


def test_a_custom_part_without_a_message_before_it_gets_one() -> None:
    actual = merge([{"custom": {"courses": [{"id": "a"}]}}])

    assert actual == [{"text": "", "buttons": [], "courses": [{"id": "a"}], "appointment": None}]


def test_courses_of_several_parts_add_up() -> None:
    actual = merge(
        [
            {"text": "Kijk"},
            {"custom": {"courses": [{"id": "a"}]}},
            {"custom": {"courses": [{"id": "b"}], "appointment": {"when": "nu"}}},
        ]
    )

    assert [course["id"] for course in actual[0]["courses"]] == ["a", "b"]
    assert actual[0]["appointment"] == {"when": "nu"}


def test_parts_that_say_nothing_are_left_out() -> None:
    assert merge([{"text": ""}, {"image": "x"}, {"custom": "text"}]) == []


def test_a_button_without_title_or_payload_is_left_out() -> None:
    buttons = [{"title": "Ja", "payload": "/affirm"}, {"title": "Nee"}, {"payload": "/deny"}]

    assert merge([{"text": "Mag dat?", "buttons": buttons}])[0]["buttons"] == buttons[:1]


def test_progress_and_language_belong_to_the_message_before_them() -> None:
    actual = merge(
        [{"text": "Dag"}, {"text": "Hello"}, {"custom": {"progress": 0.2, "lang": "en"}}]
    )

    assert "progress" not in actual[0]
    assert actual[1]["progress"] == 0.2
    assert actual[1]["lang"] == "en"


def test_an_empty_custom_part_makes_no_message() -> None:
    assert merge([{"custom": {}}]) == []
