#!/usr/bin/env python3
"""The archive's command line: `python manage.py help` lists its commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - reads the settings

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
