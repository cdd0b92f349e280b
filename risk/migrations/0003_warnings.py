from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("risk", "0002_cases")]

    operations = []
