"""The application, and what it adds when it is loaded."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Massline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The admin classes live in a package of their own, where Django's discovery does not look.
        for module in ("uploads", "documents", "vocabularies"):
            autodiscover_modules(f"curation.{module}")
