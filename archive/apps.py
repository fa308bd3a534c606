"""The application and its system checks."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "archive"
    verbose_name = "Massline"
    default_auto_field = "django.db.models.BigAutoField"
