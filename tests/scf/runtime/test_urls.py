"""Database URLs taken apart and put together."""

import pytest

from scf.runtime.urls import django_database, django_url, url_parse, url_with

URL = "postgresql://us%40er:p%2Fw@db.example:5433/books?sslmode=require"


def test_every_part_is_found_and_decoded() -> None:
    parsed = url_parse(URL)
    assert (parsed.host, parsed.port, parsed.database) == ("db.example", 5433, "books")
    assert (parsed.user, parsed.password) == ("us@er", "p/w")
    assert parsed.options == {"sslmode": "require"}


def test_parts_can_be_changed_one_by_one() -> None:
    changed = url_parse(url_with(URL, user="app", password="a@b", database="other"))
    assert (changed.user, changed.password, changed.database) == ("app", "a@b", "other")
    assert (changed.host, changed.options) == ("db.example", {"sslmode": "require"})
    assert url_parse(url_with(URL, database="x")).password == "p/w"


@pytest.mark.parametrize("url", ["sqlite:///x", "mysql://h/x", "postgresql://host", "nonsense"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match="database URL"):
        url_parse(url)


def test_djangos_form_leads_back_to_the_same_url() -> None:
    assert django_url(django_database(URL)) == URL
