"""Who may frame which page, and which origins the setting takes."""

from __future__ import annotations

import pytest

from server.security_headers import security_headers
from services.settings import SettingsError, read_settings

SITE = "https://www.example.cn"


def ancestors(path: str, *origins: str) -> str:
    policy = security_headers(path, origins)["Content-Security-Policy"]
    return policy.split("frame-ancestors ")[1]


def test_without_a_setting_nobody_else_may_frame_the_page():
    assert read_settings({}).embed_origins == ()
    assert ancestors("/") == "'self'"


def test_the_sites_of_the_setting_may_frame_the_chat_page_and_nothing_else():
    origins = read_settings({"EMBED_ORIGINS": f" {SITE}  http://127.0.0.1:9000 "}).embed_origins
    assert ancestors("/", *origins) == ancestors("/index.html", *origins) == f"'self' {SITE} http://127.0.0.1:9000"
    for path in ("/desk", "/documents/1.pdf", "/verify/1", "/chat/session"):
        assert ancestors(path, *origins) == "'self'"


@pytest.mark.parametrize("text", ["*", "https://*.example.cn", f"{SITE}/", f"{SITE}/path", "www.example.cn", "https:", "'none'; script-src *"])
def test_what_is_no_origin_is_refused_with_its_name(text):
    with pytest.raises(SettingsError, match="EMBED_ORIGINS"):
        read_settings({"EMBED_ORIGINS": text})
