"""Invented people whose every detail is marked: found anywhere, it tells where it was planted."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, fields

from stdnum import luhn
from stdnum.cn import ric

# Rare characters, so that no other text holds two of them side by side.
_GIVEN = "鼐翊曌骉淼皛瑢頔祎旸珺燚昶垚甯翀胤懿焱煊"
_SURNAMES = "覃佟亓郗"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Marked:
    """One person's details, all different from every other's."""

    name: str
    id_number: str
    phone: str
    card: str
    address: str

    def values(self) -> dict[str, str]:
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def traces(self) -> list[tuple[str, bytes]]:
        """What must be found nowhere: each value whole and its telling part, in every way it may be written."""
        telling = {
            "name": self.name[1:], "id_number": self.id_number[6:14], "phone": self.phone[3:7] + self.phone[7:],
            "card": self.card[4:12], "address": self.address.split("区")[1],
        }
        found = [(f"{kind} {self.values()[kind]}", written) for kind, part in telling.items() for written in _written(part)]
        spaced = f"{self.id_number[:6]} {self.id_number[6:14]} {self.id_number[14:]}"
        return [*found, (f"spaced {spaced}", spaced.encode())]


def _written(text: str) -> list[bytes]:
    escaped = json.dumps(text)[1:-1]
    return list({text.encode(), escaped.encode(), text.encode("utf-16-le"), text.encode("gb18030")})


def marked_person() -> Marked:
    """The next person."""
    number = next(_numbers)
    body = f"371002{1950 + number % 50}{1 + number % 12:02}{1 + number % 28:02}{700 + number:03}"
    card = f"62220216{number:03}8642097{number % 10}"[:18]
    return Marked(
        name=_SURNAMES[number % 4] + _GIVEN[number % 20] + _GIVEN[(number * 7 + 3 + number // 20) % 20],
        id_number=body + ric.calc_check_digit(body + "0"),
        phone=f"1397531{number:04}",
        card=card + luhn.calc_check_digit(card),
        address=f"山东省青岛市市南区蜃景{_GIVEN[number % 20]}{_GIVEN[(number + 5) % 20]}路{8000 + number}号3单元{number:03}室",
    )
