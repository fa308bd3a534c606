"""People in the admin: an account is a name, a password and one of three roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm, UserCreationForm
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from archive.actions.accounts import give_role, role_of
from archive.actions.roles import ROLES
from archive.curation.uploads import acting_user

NAME = (_("Name"), {"fields": ("username", "first_name", "last_name", "email")})
ROLE = (_("What the person may do"), {"fields": ("role", "is_active")})
MORE = (_("For superusers"), {"fields": ("is_superuser", "groups"), "classes": ("collapse",)})


class RoleField(forms.ChoiceField):
    def __init__(self, **details: Any) -> None:
        super().__init__(label=_("Role"), choices=[*ROLES.items()], widget=forms.RadioSelect, **details)


class NewPersonForm(UserCreationForm):
    role = RoleField()


class PersonForm(UserChangeForm):
    role = RoleField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "role" in self.fields:
            self.fields["role"].initial = role_of(self.instance)


admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(UserAdmin):
    """Accounts are switched off rather than deleted, for decisions keep who made them."""

    form = PersonForm
    add_form = NewPersonForm
    list_display = ("username", "first_name", "last_name", "role", "is_active", "last_login")
    list_filter = ("groups", "is_active")
    filter_horizontal = ("groups",)
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "role")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("role"))
    def role(self, user: User) -> str:
        return role_of(user) or ("superuser" if user.is_superuser else "–")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        if obj is None:
            return self.add_fieldsets
        return (NAME, (None, {"fields": ("password",)}), ROLE, *([MORE] if is_superuser(request) else []))

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A superuser's account is a superuser's matter: else any administrator could become one."""
        mine = obj is None or not obj.is_superuser or is_superuser(request)
        return mine and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "role" in form.changed_data:
            give_role(user=form.instance, role=form.cleaned_data["role"], by=acting_user(request))


def is_superuser(request: HttpRequest) -> bool:
    return bool(request.user.is_superuser)
