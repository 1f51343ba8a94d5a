"""Existing databases keep their rows when a migration changes tables."""

import alembic.command
import alembic.config
import pytest
import sqlalchemy as sa

from bot import store
from bot.store.engine import MIGRATIONS
from tests.databases import use


def upgrade_to(revision: str) -> None:
    config = alembic.config.Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with store.engine().begin() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, revision)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def first_tables(request, tmp_path):
    """A database as the first migration leaves it."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    with use(tmp_path, url):
        upgrade_to("0001")
        yield


def test_appointments_of_before_keep_their_time_and_get_a_name_for_calendars(first_tables):
    with store.engine().begin() as connection:
        for statement in (
            "INSERT INTO counsellors (id, email, first_name, leerwinkel, role, password_hash, "
            "active, created_at) VALUES (1, 'an@x.example', 'An', 'genk', 'counsellor', '-', "
            "true, '2026-11-01 09:00:00')",
            "INSERT INTO appointments (id, leerwinkel, counsellor_id, sender_id, starts_at, "
            "ends_at, status, name, created_at, changed_at) VALUES (7, 'genk', 1, 'web-1', "
            "'2026-11-24 09:00:00', '2026-11-24 09:45:00', 'booked', 'Fatima', "
            "'2026-11-01 09:00:00', '2026-11-01 09:00:00')",
            "INSERT INTO occupied_quarters (counsellor_id, starts_at, appointment_id) "
            "VALUES (1, '2026-11-24 09:00:00', 7)",
        ):
            connection.execute(sa.text(statement))

    store.upgrade()

    with store.session(writes=False) as work:
        kept = work.get_one(store.Appointment, 7)
        assert (kept.uid, kept.sequence, kept.form, kept.branch_id) == (
            "afspraak-7",
            0,
            "in_person",
            None,
        )
        taken = work.scalars(sa.select(store.OccupiedQuarter)).one()
        assert (taken.appointment_id, taken.held_by) == (7, None)


def test_a_second_factor_of_before_stays_in_use_and_is_sealed(first_tables):
    upgrade_to("telegram_inbox")
    with store.engine().begin() as connection:
        for statement in (
            "INSERT INTO counsellors (id, email, first_name, leerwinkel, role, password_hash, "
            "active, created_at, totp_secret) VALUES "
            "(1, 'an@x.example', 'An', 'genk', 'counsellor', '-', true, '2026-11-01 09:00:00', "
            "'JBSWY3DPEHPK3PXP'), "
            "(2, 'bo@x.example', 'Bo', 'genk', 'counsellor', '-', true, '2026-11-01 09:00:00', "
            "NULL)",
            "INSERT INTO desk_sessions (id, counsellor_id, csrf, created_at, seen_at) "
            "VALUES ('s', 1, 'c', '2026-11-01 09:00:00', '2026-11-01 09:00:00')",
        ):
            connection.execute(sa.text(statement))

    store.upgrade()

    with store.session(writes=False) as work:
        an, bo = (work.get_one(store.Counsellor, number) for number in (1, 2))
        assert store.unseal(an.totp_sealed, "totp-1") == "JBSWY3DPEHPK3PXP"
        assert bo.totp_sealed is None
        assert work.get(store.DeskSession, "s") is not None, "nobody is logged out"
        columns = sa.inspect(work.connection()).get_columns("counsellors")
        assert "totp_secret" not in {column["name"] for column in columns}


def test_a_quarter_has_one_owner(any_database):
    with store.session() as work:
        work.add(
            store.Counsellor(
                email="a@x.example", first_name="A", leerwinkel="genk", password_hash="-",
                created_at=sa.func.now(),
            )
        )  # fmt: skip
    with store.session() as work, pytest.raises(sa.exc.IntegrityError):
        work.execute(
            sa.text(
                "INSERT INTO occupied_quarters (counsellor_id, starts_at) "
                "VALUES (1, '2026-11-24 09:00:00')"
            )
        )


def test_intakes_of_before_can_be_found_and_keep_what_they_hold(first_tables):
    with store.engine().begin() as connection:
        connection.execute(
            sa.text(
                "INSERT INTO intakes (id, sender_id, created_at, updated_at, consent, name, phone, "
                "dream, status, shown) VALUES (3, 'web-1', '2026-11-01 09:00:00', "
                "'2026-11-01 09:00:00', true, 'Ahmed Yılmaz', '+32478123456', 'Kok worden', "
                "'{}', '{}')"
            )
        )

    store.upgrade()

    with store.session(writes=False) as work:
        kept = work.get_one(store.Intake, 3)
        assert kept.search == "ahmed yilmaz +32478123456 0478123456 kok worden"
        assert (kept.name, kept.stage, kept.edited) == ("Ahmed Yılmaz", "new", {})
