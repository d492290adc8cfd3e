"""What the filing tests share: an invented person, a clock the test moves, a whole office."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageDraw

from services.china_time import CHINA_TIME
from services.filing_desk import FilingDesk
from services.filing_store import FilingStore
from services.filings import Filings

WEIHAI, QINGDAO = "371000", "370200"

# Invented: the check digit is right, the person does not exist.
PERSON = {
    "name": "欧阳测试",
    "id_number": "371002199001011237",
    "phone": "13812345678",
    "address": "山东省青岛市市南区香港中路999号",
}
ANSWERS = {**PERSON, "treatment_region": QINGDAO, "reason": "投靠亲属", "starts_on": "2026-12-01"}


class Clock:
    """The time the test says it is."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True)
class Office:
    """Everything a filing needs, and where it is kept."""

    filings: Filings
    desk: FilingDesk
    store: FilingStore
    clock: Clock
    folder: Path

    def ready_to_sign(self, conversation: str = "c1") -> None:
        """A draft with every answer, reviewed and consented to."""
        self.filings.open_draft(conversation, "long_term_residence", {"insured_region": WEIHAI})
        for field, answer in ANSWERS.items():
            self.filings.fill(conversation, field, token=self.filings.keep(conversation, answer))
        draft = self.filings.confirm_review(conversation)
        self.filings.consent(conversation, self.filings.letter(draft).sha256)

    def submitted(self, conversation: str = "c1") -> str:
        """The number of a filing that was handed in."""
        self.ready_to_sign(conversation)
        return self.sign(conversation)

    def sign(self, conversation: str = "c1", signature: str = PERSON["name"]) -> str:
        """The number under which the signed draft was handed in."""
        token = self.filings.keep(conversation, signature)
        return self.filings.submit(conversation, token).filing_no


def drawing(
    *, strokes: bool = True, background: str = "white", suffix: str = "PNG", size: tuple[int, int] = (300, 120)
) -> str:
    """A data URL as the signature pad makes it."""
    picture = Image.new("RGBA", size, background)
    if strokes:
        ImageDraw.Draw(picture).line([(20, 90), (90, 20), (160, 90), (270, 30)], fill="black", width=4)
    content = io.BytesIO()
    picture.convert("RGB" if suffix == "JPEG" else "RGBA").save(content, suffix)
    return "data:image/png;base64," + base64.b64encode(content.getvalue()).decode()
