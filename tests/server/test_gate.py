"""REST is for this machine itself, with no proxy or web page between, or for who holds the token."""

from __future__ import annotations

import pytest
from fastapi import HTTPException, Request
from starlette.requests import HTTPConnection

from server.gate import check_rest_caller, has_own_origin

TOKEN = "a long token"


def request(client: str | None = "127.0.0.1", query: str = "", **headers: str) -> Request:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in {"host": "localhost:8000", **headers}.items()]
    return Request({
        "type": "http", "method": "POST", "path": "/webhooks/rest/webhook", "query_string": query.encode(),
        "headers": raw, "client": (client, 50_000) if client else None,
    })


def is_let_in(caller: Request, token: str | None = None) -> bool:
    try:
        check_rest_caller(caller, token)
    except HTTPException as refusal:
        assert refusal.status_code == 401
        return False
    return True


@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.8.8", "::1"])
@pytest.mark.parametrize("token", [None, TOKEN])
def test_this_machine_itself_needs_no_token(client, token):
    assert is_let_in(request(client), token)


@pytest.mark.parametrize("client", ["203.0.113.7", "192.168.1.5", "10.0.0.1", "0.0.0.0", "2001:db8::1", "testclient", "", None])
@pytest.mark.parametrize("token", [None, TOKEN])
def test_another_machine_is_refused(client, token):
    assert not is_let_in(request(client), token)


@pytest.mark.parametrize("header", ["forwarded", "x_forwarded_for", "x_real_ip"])
def test_what_came_through_a_proxy_is_not_this_machine(header):
    assert not is_let_in(request(**{header: "127.0.0.1"}))


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:9999", "http://localhost"])
def test_a_foreign_page_in_a_browser_on_this_machine_is_refused(origin):
    """Any web page may send a request to localhost; the browser names the page in Origin."""
    assert not is_let_in(request(origin=origin))


@pytest.mark.parametrize("host", ["evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example:8000", "", "0.0.0.0:8000"])
def test_a_foreign_name_that_points_here_is_refused(host):
    """DNS rebinding: then Origin and Host agree, and both are the foreign page's."""
    assert not is_let_in(request(host=host))
    assert not is_let_in(request(host=host, origin=f"http://{host}"))


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_every_way_to_write_this_machine_is_let_in(host):
    assert is_let_in(request(host=host))


def test_our_own_page_is_let_in():
    assert is_let_in(request(origin="http://localhost:8000"))


@pytest.mark.parametrize("caller", [
    request("203.0.113.7", authorization=f"Bearer {TOKEN}"),
    request("203.0.113.7", "token=a+long+token"),
    request(x_forwarded_for="203.0.113.7", authorization=f"Bearer {TOKEN}"),
    request(origin="http://wechat.example", authorization=f"Bearer {TOKEN}"),
])
def test_the_token_lets_in_from_anywhere(caller):
    assert is_let_in(caller, TOKEN)


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer a long toke", "Bearer a long token ", "Bearer", "Basic YTpi", "Bearer 错"])
@pytest.mark.parametrize("client", ["127.0.0.1", "203.0.113.7"])
def test_a_wrong_token_is_refused_even_from_here(given, client):
    assert not is_let_in(request(client, authorization=given), TOKEN)


@pytest.mark.parametrize("given", ["Bearer ", "Bearer None", "Bearer null"])
def test_where_no_token_is_set_none_opens(given):
    assert not is_let_in(request("203.0.113.7", authorization=given), None)


@pytest.mark.parametrize(("origin", "own"), [
    (None, True), ("http://localhost:8000", True), ("https://localhost:8000", True), ("null", False), ("", False),
    ("http://localhost:8000.evil.example", False), ("http://evil.example/localhost:8000", False), ("file://", False),
])
def test_own_origin_is_the_host_that_was_asked(origin, own):
    headers = {} if origin is None else {"origin": origin}
    assert has_own_origin(HTTPConnection(request(**headers).scope)) == own
