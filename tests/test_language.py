"""The language of a page: from its address, else as chosen before, else as the browser wants; and caches know."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import page_rows as rows
from tests.page_rows import Page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "cookie", "browser", "spoken"),
    [
        ("/themes/", "", "", "en"),
        ("/themes/", "", "zh-CN,zh;q=0.9", "zh-hans"),
        ("/themes/", "", "de", "en"),
        ("/themes/", "zh-hans", "en", "zh-hans"),
        ("/themes/?hl=zh-hans", "", "", "zh-hans"),
        ("/themes/?hl=en", "zh-hans", "zh-CN", "en"),
        ("/themes/?hl=zh", "", "", "zh-hans"),
        ("/themes/?hl=zh-CN", "", "en", "zh-hans"),
        ("/themes/?hl=EN", "zh-hans", "", "en"),
        ("/themes/?hl=tlh", "", "", "en"),
        (f"/themes/?hl={'z' * 600}", "", "", "en"),
        ("/themes/?hl=", "zh-hans", "", "zh-hans"),
        ("/no/such/page?hl=zh-hans", "", "", "zh-hans"),
        ("/about/problem/?hl=zh-hans", "", "", "zh-hans"),
        ("/admin/login/?hl=zh-hans", "", "", "zh-hans"),
    ],
)
def test_the_language_of_a_page(client: Client, address: str, cookie: str, browser: str, spoken: str):
    if cookie:
        client.cookies["django_language"] = cookie
    response = client.get(address, headers={"Accept-Language": browser})
    assert response["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in response.content.decode()


def test_what_was_asked_for_is_remembered_and_nothing_else_is(client: Client):
    client.get("/themes/?hl=zh-hans")
    assert client.get("/themes/")["Content-Language"] == "zh-hans"
    cookie = client.cookies["django_language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("zh-hans", True, "Lax")
    assert list(client.cookies) == ["django_language"]


def test_a_page_without_a_language_in_its_address_varies(client: Client):
    varies = {name.strip() for name in client.get("/themes/")["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= varies
    assert "Cookie" not in client.get("/themes/?hl=en")["Vary"]
    assert "Set-Cookie" not in client.get("/themes/").headers


@pytest.mark.parametrize("address", ["/", "/documents/?theme=visits&page=1", "/search/?q=a+%26+b&hl=en", "/nowhere"])
def test_the_switch_leads_to_the_same_page_in_the_other_language(client: Client, address: str):
    rows.document()
    link = next(link for link in Page(client.get(address)).links() if "hl=" in link)
    page, _, query = address.partition("?")
    assert link.startswith(f"{page}?")
    assert "hl=zh-hans" in link
    assert set(query.split("&")) - {"hl=en", ""} <= set(link.partition("?")[2].split("&"))
    assert 'lang="zh-hans"' in client.get(link).content.decode()
