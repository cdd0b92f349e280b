from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0002_business_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='party',
            name='legal_representative',
            field=models.CharField(blank=True, default='', max_length=120),
        ),
        migrations.AddField(
            model_name='party',
            name='phone',
            field=models.CharField(blank=True, default='', max_length=40),
        ),
        migrations.AddField(
            model_name='party',
            name='address',
            field=models.CharField(blank=True, default='', max_length=240),
        ),
    ]
