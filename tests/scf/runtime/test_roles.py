"""The application's role: what it may do, and that nothing lets it become more."""

import psycopg
import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from scf.runtime.roles import APP_ROLE


@pytest.mark.django_db
def test_tests_and_the_application_log_in_as_the_role_without_privileges() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT session_user, current_user, rolsuper FROM pg_roles WHERE rolname = session_user"
        )
        assert cursor.fetchone() == (APP_ROLE, APP_ROLE, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE django_session",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "SET ROLE huoshui",
        "CREATE TABLE mine (id int)",
    ],
)
def test_the_role_is_refused(statement: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_the_owner_sees_what_a_test_committed(
    owner_connection: psycopg.Connection[tuple[int]],
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('k', 'd', '2026-01-01')")
    row = owner_connection.execute("SELECT count(*) FROM django_session").fetchone()
    assert row == (1,)


@pytest.mark.django_db(transaction=True)
def test_what_the_test_before_committed_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone() == (0,)
