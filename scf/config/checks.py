"""What Django's system check says about this installation."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, register
from django.core.checks import Warning as CheckWarning


@register("security")
def app_role_check(**_kwargs: Any) -> list[CheckMessage]:
    """Warn when the application logs in as the owner of the tables.

    The ledger's triggers refuse changes to its past all the same, but an owner could drop them.
    """
    if settings.HUOSHUI_APP_ROLE_SEPARATE:
        return []
    return [
        CheckWarning(
            "the application logs in as the owner of the tables",
            hint="let the login of DATABASE_URL create roles, or set APP_DATABASE_URL to a login "
            "named huoshui_app",
            id="huoshui.W001",
        )
    ]
