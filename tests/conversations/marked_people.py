"""Invented people whose every detail is marked: found anywhere, it tells where it was planted."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from urllib.parse import quote

import numpy as np
from stdnum import luhn
from stdnum.cn import ric

# Rare characters, so that no other text holds two of them side by side.
_GIVEN = "鼐翊曌骉淼皛瑢頔祎旸珺燚昶垚甯翀胤懿焱煊"
_SURNAMES = "覃佟亓郗"
_HEAD = 4  # bytes of a trace that are looked for first
_SHORTEST = 6  # fewer bytes may stand together by chance in what is sealed
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Marked:
    """One person's details, all different from every other's."""

    name: str
    id_number: str
    phone: str
    card: str
    address: str
    hospital: str

    def values(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def in_one_line(self) -> str:
        """All of it, as somebody might write it where nobody asked."""
        return "，".join(self.values().values())

    def traces(self) -> Iterator[tuple[str, bytes]]:
        """What must be found nowhere: each value whole and its telling part, in every way it may be written."""
        telling = {
            "name": self.name[1:], "id_number": self.id_number[6:14], "phone": self.phone[3:],
            "card": self.card[4:12], "address": self.address.split("区")[1], "hospital": self.hospital[2:],
        }
        for kind, part in telling.items():
            whole = self.values()[kind]
            ways = {*_written(part), *_written(whole), *_hashed(whole)}
            yield from ((f"{kind} {whole}", way) for way in ways if len(way) >= _SHORTEST)
        spaced = f"{self.id_number[:6]} {self.id_number[6:14]} {self.id_number[14:]}"
        yield f"spaced {spaced}", spaced.encode()


def _written(text: str) -> Iterator[bytes]:
    """The text in every encoding that anything here might use, or that a log might print."""
    plain, escaped = text.encode(), json.dumps(text)[1:-1].encode()
    yield from (plain, escaped, text.encode("utf-16-le"), text.encode("utf-16-be"), text.encode("gb18030"))
    yield from (quote(text).encode(), quote(text).lower().encode(), plain.hex().encode(), plain.hex().upper().encode())
    yield repr(plain)[2:-1].encode()
    for encoded in (plain, escaped):
        yield from _in_base64(encoded)


def _in_base64(content: bytes) -> Iterator[bytes]:
    """What of the base64 is the same whatever stands before and behind."""
    for before in range(3):
        first, last = (before * 8 + 5) // 6, (before + len(content)) * 8 // 6
        for encode in (base64.standard_b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + content)[first:last]


def _hashed(text: str) -> Iterator[bytes]:
    """A hash without a key hides no number: all that there are can be tried."""
    for name in ("md5", "sha1", "sha256"):
        digest = hashlib.new(name, text.encode())
        yield from (digest.hexdigest().encode(), digest.digest())


class Traces:
    """Looks for all traces of many people at once."""

    def __init__(self, people: Iterable[Marked]) -> None:
        self._by_head: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
        for label, trace in (found for person in people for found in person.traces()):
            self._by_head[int.from_bytes(trace[:_HEAD], "little")].append((label, trace))
        self._heads = np.array(sorted(self._by_head), dtype=np.uint32)
        self._starts = np.zeros(1 << 16, dtype=bool)
        self._starts[self._heads & 0xFFFF] = True

    def found_in(self, content: bytes | str) -> list[str]:
        """Whose details there are in it, by what they are; sorted."""
        content = content.encode(errors="surrogatepass") if isinstance(content, str) else content
        if len(content) < _HEAD:
            return []
        data = np.frombuffer(content, dtype=np.uint8).astype(np.uint32)
        end = len(data) - _HEAD + 1
        places = np.flatnonzero(self._starts[data[:end] | data[1 : end + 1] << 8])
        windows = sum(data[places + n] << 8 * n for n in range(_HEAD))
        return sorted({
            label
            for place in places[np.isin(windows, self._heads)]
            for label, trace in self._by_head[int.from_bytes(content[place : place + _HEAD], "little")]
            if content.startswith(trace, place)
        })


def marked_person() -> Marked:
    """The next person."""
    number = next(_numbers)
    body = f"371002{1950 + number % 50}{1 + number % 12:02}{1 + number % 28:02}{700 + number:03}"
    card = f"62220216{number:03}8642097{number % 10}"[:18]
    two = _GIVEN[number % 20] + _GIVEN[(number * 7 + 3 + number // 20) % 20]
    return Marked(
        name=_SURNAMES[number % 4] + two,
        id_number=body + ric.calc_check_digit(body + "0"),
        phone=f"1397531{number:04}",
        card=card + luhn.calc_check_digit(card),
        address=f"山东省青岛市市南区蜃景{_GIVEN[number % 20]}路{8000 + number}号3单元{number:03}室",
        hospital=f"上海蜃楼第{number:03}医院",
    )
