"""The fifteen themes that the vocabulary starts with."""

import json
from pathlib import Path

from django.db import migrations

THEMES = Path(__file__).with_name("0002_themes.json")


def add_themes(apps, schema_editor):
    Theme = apps.get_model("archive", "Theme")
    for order, row in enumerate(json.loads(THEMES.read_text(encoding="utf-8")), start=1):
        Theme.objects.get_or_create(key=row["key"], defaults={**row, "order": order})


class Migration(migrations.Migration):
    dependencies = [("archive", "0001_first_rows")]
    operations = [migrations.RunPython(add_themes, migrations.RunPython.noop)]
