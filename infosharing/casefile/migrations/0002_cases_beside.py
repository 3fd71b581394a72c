"""An export knows through which other cases something came into it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casefile", "0001_exports"),
    ]

    operations = [
        migrations.AddField(
            model_name="exportrecord",
            name="beside",
            field=models.BooleanField(default=False),
        ),
    ]
