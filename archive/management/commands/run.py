"""Everything that `make run` does: `python manage.py run [--port 8000]`."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from archive.actions.accounts import ADMINISTRATOR, first_administrator
from archive.actions.founding import take_in_founding_documents
from archive.management.supervisor import PortInUse, Supervisor, check_port, indexer, listens, web_server, worker


class Command(BaseCommand):
    help = "Prepares the data folder and serves the archive on this machine, with indexer and worker, until Ctrl-C."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: object) -> None:
        try:
            check_port(host, port)
        except PortInUse as error:
            raise CommandError(str(error)) from None
        self.prepare()
        supervisor = Supervisor([indexer(), worker(), web_server(host, port)])
        try:
            if supervisor.wait(lambda: listens(host, port)):
                self.stdout.write(self.style.SUCCESS(f"Massline is on http://{host}:{port}/ (Ctrl-C stops it)"))
                self.stdout.flush()
                supervisor.wait(lambda: False)
        finally:
            problem = supervisor.close()
        if problem:
            raise CommandError(f"{problem} See its message above.")
        self.stdout.write("Stopped.")

    def prepare(self) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        password = first_administrator()
        if password:
            self.stdout.write(
                f"Administrator: {ADMINISTRATOR}, password: {password} (shown only now)\n"
                "Change it at /admin/password_change/ or with "
                f"`.venv/bin/python manage.py changepassword {ADMINISTRATOR}`."
            )
        for intake in take_in_founding_documents():
            self.stdout.write(f"Founding document {intake.number}: {intake.title}")
        call_command("reindex", if_needed=True, stdout=self.stdout)
