"""Another site, which shows the assistant: pages of its own origin under a strict policy."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>某某医院</title>
<meta name="viewport" content="width=device-width"></head>
<body><h1>医保办</h1><a href="#x">链接</a>{script}</body></html>"""
POLICY = "default-src 'none'; script-src {server}; frame-src {server}; style-src 'self'"


class HostSite:
    """http://localhost on a free port: another site than the server's 127.0.0.1."""

    def __init__(self) -> None:
        self._page, self._policy = "", ""
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.origin = f"http://localhost:{self._http.server_port}"

    def show(self, server: str, attributes: str = "") -> str:
        """Shows a page with the assistant's button from that server from now on; its address."""
        self._page = PAGE.format(script=f'<script src="{server}/widget.js" {attributes} async></script>')
        self._policy = POLICY.format(server=server)
        return self.origin

    def __enter__(self) -> HostSite:
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", site._policy)
                self.end_headers()
                self.wfile.write(site._page.encode())

            def log_message(self, *_: object) -> None:
                pass

        return Handler
