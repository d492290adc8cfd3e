"""Requests through which marked people's details go in: uploads, the desk, headers, addresses, bodies that are wrong."""

from __future__ import annotations

import io
import itertools
import json
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import httpx
from marked_people import Marked
from openpyxl import Workbook
from own_process import OwnProcess
from PIL import Image
from planting import Page, Rest
from pypdf import PdfWriter
from pypdf.actions import JavaScript
from pypdf.annotations import FreeText

from server.desk_sessions import COOKIE as DESK_COOKIE
from server.sessions import COOKIE
from services.settings import PROJECT_DIR

AUTHOR, DESCRIPTION, EXIF, USER_COMMENT = 0x013B, 0x010E, 0x8769, 0x9286
_keys = itertools.count(1)


def photo_of(person: Marked, suffix: str = "JPEG") -> bytes:
    """A picture whose EXIF says whose it is, as telephones write it."""
    exif = Image.Exif()
    exif[AUTHOR], exif[DESCRIPTION] = f"{person.name} {person.phone}", person.in_one_line()
    exif.get_ifd(EXIF)[USER_COMMENT] = b"UNICODE\0" + person.in_one_line().encode("utf-16-be")
    content = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(content, suffix, exif=exif)
    return content.getvalue()


def pdf_of(person: Marked, *, script: bool = False, password: str | None = None) -> bytes:
    """A PDF that names its author and has the person's details on its page."""
    writer = PdfWriter()
    writer.add_blank_page(300, 400)
    writer.add_metadata({"/Author": person.name, "/Title": person.in_one_line(), "/Subject": person.id_number})
    writer.add_annotation(0, FreeText(text=person.in_one_line(), rect=(10, 10, 200, 200)))
    if script:
        writer.add_open_action(JavaScript(f"app.alert('{person.in_one_line()}')"))
    if password:
        writer.encrypt(password, algorithm="AES-256")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def refused_papers(person: Marked) -> tuple[bytes, ...]:
    """Files that no paper can be, each with the person's details in it."""
    text, photo, pdf = person.in_one_line().encode(), photo_of(person), pdf_of(person)
    return (b"", text, b"\0\0\0\x18ftypheic" + text, photo[: len(photo) // 2], pdf[:-40], b"%PDF-1.7\n(" + text + b") Tj\n%%EOF",
            b"\x89PNG\r\n\x1a\n" + text, pdf_of(person, script=True), pdf_of(person, password=person.phone), text * 120_000)


def bills_of(person: Marked) -> tuple[bytes, ...]:
    """Bills that name a person, read and not read; as text in two encodings and as spreadsheets."""
    lines = f"项目,金额,类别\n{person.name}的药,12.50,甲类\n{person.hospital}床位费,300,乙类\n{person.id_number},x,{person.phone}\n"
    book = Workbook()
    book.properties.creator, book.properties.title = person.name, person.in_one_line()
    book.active.title = person.phone
    for line in lines.splitlines():
        book.active.append(line.split(","))
    sheet = io.BytesIO()
    book.save(sheet)
    whole = sheet.getvalue()
    return (lines.encode(), lines.encode("gb18030"), whole, whole[: len(whole) // 2], person.in_one_line().encode(),
            b"%PDF" + lines.encode(), lines.encode() * 60_000)


def headers_of(person: Marked) -> dict[str, bytes]:
    """Every header in which somebody's details may stand."""
    cookie = f"{COOKIE}={person.id_number}; {DESK_COOKIE}={person.phone}; name={quote(person.name)}"
    headers = {
        "User-Agent": person.name, "Referer": f"http://x.example/?q={person.in_one_line()}", "X-File-Name": quote(person.name),
        "Cookie": cookie, "Authorization": f"Bearer {person.card}", "Idempotency-Key": person.id_number,
        "X-Forwarded-For": person.phone, "Accept-Language": person.id_number, "X-Requested-With": person.name,
        "Origin": f"http://{person.phone}.example", "Accept": f"text/html;name={person.id_number}",
    }
    return {name: value.encode() for name, value in headers.items()}


ADDRESSES = (
    "verify/{0}?sha256={0}", "documents/{0}.pdf?sender={0}&token={0}", "documents/{0}.pdf", "webhooks/rest/webhook?sender={0}",
    "webhooks/rest/webhook?token={0}", "desk/filings/{0}", "desk/filings/{0}/clear?why={0}", "desk/filings/x/papers/{0}",
    "desk/queue?after={0}&region={0}&status={0}&limit={0}&{0}=1", "chat/divisions?q={0}", "health?{0}", "{0}", "assets/{0}.js?{0}",
)
POSTED = ("chat/session", "chat/session/restart", "chat/bill", "chat/paper?paper={0}", "webhooks/rest/paper?paper={0}&sender={0}",
          "webhooks/rest/webhook?token={0}", "desk/login", "desk/search", "desk/logout", "desk/filings/{0}/confirm",
          "desk/filings/{0}/return", "desk/filings/{0}/end")


def ask_everywhere(rest: Rest, person: Marked, **headers: Any) -> list[httpx.Response]:
    """The person's details in every address, with whatever headers."""
    values = [quote(value, safe="") for value in person.values().values()]
    answers = [rest.client.get(f"/{path.format(value)}", headers=headers) for path in ADDRESSES for value in values]
    return answers + [rest.client.post(f"/{path.format(values[1])}", headers=headers) for path in POSTED]


def bodies_of(person: Marked) -> tuple[bytes, ...]:
    """Bodies that no route takes."""
    line = person.in_one_line()
    fitting = {"officer_id": line, "password": line, "id_number": line, "reason": line, "fields": [person.id_number],
               "version": person.phone, "on": person.phone, "agreed": person.name, "sender": {}, "message": [line]}
    return (line.encode(), b"{" + line.encode(), json.dumps(fitting).encode(), json.dumps({line: line}).encode(),
            json.dumps([line]).encode(), json.dumps({**fitting, "sender": line + "\ud83d"}).encode(), line.encode("utf-16"),
            line.encode("gb18030"), json.dumps({"message": line * 50_000, "id_number": line * 5_000}).encode())


class Desk:
    """An officer's program."""

    def __init__(self, process: OwnProcess, officer_id: str, name: str, password: str, *regions: str) -> None:
        command = [sys.executable, "-W", "ignore", "-m", "services.accounts", "add", officer_id, name]
        command += ["--role", "officer", "--regions", *regions]
        environment = {**os.environ, "DATA_DIR": str(process.data_dir), "PYTHONPATH": str(PROJECT_DIR)}
        subprocess.run(command, input=password.encode(), env=environment, cwd=PROJECT_DIR, check=True, capture_output=True)
        self.client = httpx.Client(base_url=process.url, timeout=60, trust_env=False)
        answer = self.client.post("/desk/login", json={"officer_id": officer_id, "password": password})
        assert answer.status_code == 200, answer.text
        self.client.cookies.clear()
        self.client.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def decide(self, filing_no: str, step: str, key: str = "", **body: Any) -> httpx.Response:
        """Confirms, returns or ends the filing as it stands now."""
        version = self.client.get(f"/desk/filings/{filing_no}").json()["filing"]["version"]
        headers = {"Idempotency-Key": key or f"decision-{next(_keys)}"}
        return self.client.post(f"/desk/filings/{filing_no}/{step}", json={"version": version, **body}, headers=headers)

    def read_all(self, filing_no: str, why: str) -> list[httpx.Response]:
        """All that the desk shows of a filing, papers and document too; `why` it must be seen in clear."""
        path = f"/desk/filings/{filing_no}"
        shown, clear = self.client.get(path), self.client.post(f"{path}/clear", json={"reason": "other", "note": why})
        papers = [f"papers/{paper['paper_id']}" for paper in shown.json()["filing"]["papers"]]
        return [shown, clear, *(self.client.get(f"{path}/{part}") for part in ("document", "audit", *papers))]


def upload(rest: Rest, sender: str, paper: str, content: bytes, person: Marked) -> httpx.Response:
    """The paper over REST."""
    headers = {**headers_of(person), "Content-Type": b"image/jpeg"}
    for name in ("Cookie", "Authorization", "X-Forwarded-For", "Origin"):  # whose details are fewer here, but it is let in
        del headers[name]
    return rest.client.post("/webhooks/rest/paper", params={"paper": paper, "sender": sender}, content=content, headers=headers)


def upload_on_page(page: Page, path: str, content: bytes, person: Marked) -> httpx.Response:
    """A file from the page: a bill, or a paper of its draft."""
    headers = {"X-File-Name": quote(f"{person.in_one_line()}.jpg"), "Cookie": f"{COOKIE}={page.cookie}", "User-Agent": person.id_number}
    return httpx.post(f"{page.url}/chat/{path}", content=content, headers=headers, trust_env=False, timeout=60)
