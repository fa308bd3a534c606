"""The three roles: groups that come with the tables, and what their members may do."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from archive.actions.accounts import give_role, role_of
from archive.actions.documents import read_upload
from archive.actions.replacing import replace_file
from archive.actions.roles import ROLES, permissions_of_roles, set_up_roles
from archive.actions.uploads import receive
from archive.models import Document, Upload
from tests.factories import NOTICE, draft, published

pytestmark = pytest.mark.django_db


def person(role: str, name: str = "") -> User:
    user = User.objects.create_user(name or role, password="a long password")
    give_role(user=user, role=role, by=None)
    return User.objects.get(pk=user.pk)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_the_permissions_of_its_row(role: str):
    assert person(role).get_all_permissions() == permissions_of_roles()[role]


def test_setting_up_again_changes_nothing_and_mends_what_was_taken_away():
    before = set(Group.objects.get(name="reviewer").permissions.values_list("codename", flat=True))
    Group.objects.get(name="reviewer").permissions.clear()
    Group.objects.get(name="contributor").permissions.add(Permission.objects.get(codename="delete_document"))
    call_command("migrate", verbosity=0)
    set_up_roles()
    assert set(Group.objects.get(name="reviewer").permissions.values_list("codename", flat=True)) == before
    assert not person("contributor").has_perm("archive.delete_document")


@pytest.mark.django_db(transaction=True)
def test_roles_come_back_when_the_tables_are_emptied():
    call_command("flush", interactive=False, verbosity=0)
    assert person("administrator").has_perm("archive.withdraw_document")


def test_a_contributor_sees_own_uploads_and_drafts_only():
    contributor = logged_in(person("contributor"))
    other = draft(NOTICE + "Other.", "other.txt")
    contributor.post(reverse("admin:archive_upload_add"), {"file": SimpleUploadedFile("own.txt", NOTICE.encode())})
    own = Document.objects.get(upload__received_by__username="contributor")
    listed = contributor.get(reverse("admin:archive_document_changelist")).content.decode()
    assert f"/document/{own.pk}/" in listed
    assert f"/document/{other.pk}/" not in listed
    page = contributor.get(reverse("admin:archive_document_preview", args=[own.pk])).content.decode()
    assert "A reviewer looks through it" in page
    assert "/publish/" not in page
    assert contributor.get(reverse("admin:archive_document_preview", args=[other.pk])).status_code == 403
    assert Upload.objects.count() == 2
    assert "other.txt" not in contributor.get(reverse("admin:archive_upload_changelist")).content.decode()


def test_a_contributor_is_told_of_another_persons_copy_without_seeing_it():
    document = draft()
    response = logged_in(person("contributor")).post(
        reverse("admin:archive_upload_add"), {"file": SimpleUploadedFile("own.txt", NOTICE.encode())}, follow=True
    )
    assert response.status_code == 200
    assert f"it is document {document.pk}" in response.content.decode()


def test_what_an_administrator_withdrew_a_reviewer_does_not_publish():
    document = published()
    for role, action, expected in (
        ("reviewer", "withdraw", "published"),
        ("administrator", "withdraw", "withdrawn"),
        ("reviewer", "publish", "withdrawn"),
        ("administrator", "publish", "published"),
    ):
        user = User.objects.filter(username=role).first() or person(role)
        logged_in(user).post(reverse(f"admin:archive_document_{action}", args=[document.pk]), {"reason": "Wrong."})
        document.refresh_from_db()
        assert document.state == expected, (role, action)


def test_an_administrator_adds_a_person_with_a_role():
    administrator = logged_in(person("administrator"))
    fields = {
        "username": "wang",
        "password1": "correct horse 7",
        "password2": "correct horse 7",
    }
    page = administrator.post(reverse("admin:auth_user_add"), fields).content.decode()
    assert "This field is required" in page
    administrator.post(reverse("admin:auth_user_add"), fields | {"role": "reviewer"})
    added = User.objects.get(username="wang")
    assert (role_of(added), added.is_staff, added.is_superuser) == ("reviewer", True, False)
    assert logged_in(added).get(reverse("admin:index")).status_code == 200
    change = {"username": "wang", "role": "contributor", "is_active": "on", "is_superuser": "on"}
    administrator.post(reverse("admin:auth_user_change", args=[added.pk]), change)
    added = User.objects.get(username="wang")
    assert (role_of(added), added.is_superuser) == ("contributor", False)


def test_an_administrator_does_not_touch_a_superuser():
    boss = User.objects.create_superuser("boss", password="a long password")
    administrator = logged_in(person("administrator"))
    for name in ("auth_user_change", "auth_user_password_change"):
        address = reverse(f"admin:{name}", args=[boss.pk])
        administrator.post(
            address, {"username": "mine", "password1": "correct horse 7", "password2": "correct horse 7"}
        )
    boss.refresh_from_db()
    assert boss.username == "boss"
    assert boss.check_password("a long password")
    with pytest.raises(PermissionError):
        give_role(user=boss, role="contributor", by=User.objects.get(username="administrator"))


def test_a_contributor_still_sees_a_document_whose_file_somebody_replaced():
    wang = person("contributor", "wang")
    first, _new = receive(data=NOTICE.encode(), name="mine.txt", by=wang)
    document = read_upload(upload=first, by=wang)
    better, _new = receive(data=f"{NOTICE}\nBetter.".encode(), name="better.txt", by=person("reviewer", "li"))
    replace_file(document=document, upload=better, by=None)
    assert [*Document.objects.seen_in_curation_by(wang)] == [document]
    page = logged_in(wang).get(reverse("admin:archive_document_preview", args=[document.pk]))
    assert page.status_code == 200
    assert "/discard/" not in page.content.decode()
