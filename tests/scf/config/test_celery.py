"""Celery carries JSON and nothing else, and never loses a wake-up to a dying worker."""

from scf.config.celery import app


def test_only_json_travels() -> None:
    assert (app.conf.task_serializer, app.conf.accept_content) == ("json", ["json"])


def test_a_task_is_acknowledged_after_it_ran() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost


def test_the_relay_runs_every_second() -> None:
    assert app.conf.beat_schedule["relay"]["schedule"] == 1.0


def test_the_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert app.conf.beat_schedule["relay"]["task"] in app.tasks
