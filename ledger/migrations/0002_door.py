from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parents[1] / "sql"
FILES = ("guards", "views", "chart", "door", "post", "post_one", "period")


class Migration(migrations.Migration):
    """Guards, views and the door: files that may each be loaded again."""

    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / f"{name}.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop)
        for name in FILES
    ]
