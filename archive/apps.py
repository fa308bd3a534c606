"""The application, and what it adds when it is loaded."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Massline"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from archive.actions.roles import set_up_roles  # noqa: PLC0415 - models are there from here on

        post_migrate.connect(set_up_roles, sender=self, dispatch_uid="archive.roles")
        # The admin classes live in a package of their own, where Django's discovery does not look.
        for module in (
            "names",
            "uploads",
            "batches",
            "jobs",
            "documents",
            "vocabularies",
            "history",
            "people",
            "problems",
        ):
            autodiscover_modules(f"curation.{module}")
