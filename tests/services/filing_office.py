"""What the filing tests share: an invented person, a clock the test moves, a whole office."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw
from real_packs import PACKS
from stdnum.cn import ric

from rules_engine.filing_kinds import load_filing_kinds
from services.china_time import CHINA_TIME
from services.commitment_letters import load_letters
from services.desk_account import Account
from services.document_files import DocumentFiles
from services.documents import filing_pdf
from services.filing_course import FilingCourse
from services.filing_desk import FilingDesk
from services.filing_erasure import Erasure
from services.filing_look_up import FilingLookUp
from services.filing_policy import FilingPolicy
from services.filing_records import PAPER_STEP, Draft, FilingPaper
from services.filing_store import FilingStore
from services.filings import Filings
from services.paper_files import PaperFiles
from services.settings import read_settings

WEIHAI, QINGDAO, HANGZHOU, GAOYOU, URUMQI, BEIJING = "371000", "370200", "330100", "321084", "650100", "110000"

# Invented: the check digit is right, the person does not exist.
PERSON = {
    "name": "欧阳测试",
    "id_number": "371002199001011237",
    "phone": "13812345678",
    "address": "山东省青岛市市南区香港中路999号",
}
ANSWERS = {"filed_for": "self", **PERSON, "treatment_region": QINGDAO, "reason": "投靠亲属", "starts_on": "2026-12-01"}
# Answers for every field of every kind; a kind takes those it asks.
ANY_ANSWERS = {
    **ANSWERS, "treatment_region": BEIJING, "hospital": "北京某某医院", "admitted_on": "2026-11-20",
    "care_stage": "in_hospital", "agent_name": "测试代办", "agent_id_number": "11010519491231002X",
    "agent_relation": "child",
}
FACTS = {
    "stays_long_enough": True, "person_group": "other", "care_type": "inpatient", "situation": "self_arranged",
}
OFFICER = Account("officer-1", "测试员", frozenset({WEIHAI, HANGZHOU, GAOYOU, URUMQI}), "officer")


def another_person(number: int) -> dict[str, str]:
    """Another invented person; of numbers with the same ten thousands, a thousand in a row are different ones."""
    body = f"37100219{50 + number // 10_000 % 40}0101{number % 1_000:03d}"
    return {"name": "测试" + chr(0x4E00 + number % 5_000), "id_number": body + ric.calc_check_digit(body + "0"),
            "phone": f"138{number:08d}", "address": f"山东省青岛市市南区香港中路{number}号"}


@cache
def policy() -> FilingPolicy:
    """What the project's packs say; read once, as they never change."""
    return FilingPolicy(load_filing_kinds(), load_letters(), PACKS)


class Clock:
    """The time the test says it is."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 22, 10, 30, tzinfo=CHINA_TIME)

    def __call__(self) -> datetime:
        return self.at

    def set_day(self, day: date) -> None:
        """The same time on that day."""
        self.at = self.at.replace(year=day.year, month=day.month, day=day.day)


@dataclass(frozen=True)
class Office:
    """Everything a filing needs, and where it is kept."""

    store: FilingStore
    papers: PaperFiles
    clock: Clock
    folder: Path
    documents: DocumentFiles = field(init=False)
    filings: Filings = field(init=False)
    course: FilingCourse = field(init=False)
    desk: FilingDesk = field(init=False)
    look_up: FilingLookUp = field(init=False)
    erasure: Erasure = field(init=False)

    def __post_init__(self) -> None:
        parts = {
            "documents": DocumentFiles(PaperFiles(self.folder / "documents", self.store.box, "document"), _pdf),
            "filings": Filings(self.store, self.papers, self.clock, policy()),
            "course": FilingCourse(self.store, self.papers, self.clock, policy()),
            "desk": FilingDesk(self.store, self.papers, self.clock, policy()),
            "look_up": FilingLookUp(self.store, self.clock, policy()),
        }
        for name, part in parts.items():
            object.__setattr__(self, name, part)
        object.__setattr__(self, "erasure", Erasure(self.store, self.filings, self.papers, self.documents, self.clock))

    def open(self, conversation: str = "c1", kind: str = "long_term_residence", region: str = WEIHAI, **known: object) -> Draft:
        """A new draft of someone who may file it."""
        place = {WEIHAI: QINGDAO}.get(region, BEIJING) if kind == "long_term_residence" else BEIJING
        told = {**FACTS, "insured_region": region, "treatment_region": place, **known}
        return self.filings.open_draft(conversation, kind, told)

    def fill_in(self, conversation: str, **answers: str) -> Draft:
        """The draft with every answer and paper, whatever its kind asks."""
        while True:
            draft = self.filings.find_draft(conversation)
            assert draft is not None
            step = draft.next_step
            if step.startswith(PAPER_STEP):
                self.filings.add_paper(conversation, step.removeprefix(PAPER_STEP), photo())
            elif step in draft.plan.steps:
                self.filings.fill(conversation, step, token=self.filings.keep(conversation, self._answer(draft, step, answers)))
            else:
                return draft

    def _answer(self, draft: Draft, step: str, answers: dict[str, str]) -> str:
        if step in answers:
            return answers[step]
        if step == "reason" and draft.insured_region != WEIHAI:
            return next(iter(self.filings.kind_of(draft).reasons))
        return (ANSWERS if draft.insured_region == WEIHAI else ANY_ANSWERS).get(step) or ANY_ANSWERS[step]

    def ready_to_sign(self, conversation: str = "c1", **answers: str) -> None:
        """A 威海 draft with every answer, reviewed and consented to."""
        self.open(conversation)
        self.agree(conversation, **answers)

    def agree(self, conversation: str, **answers: str) -> None:
        """Answers what is missing, confirms the review and agrees to the letter if there is one."""
        self.fill_in(conversation, **answers)
        draft = self.filings.confirm_review(conversation)
        if draft.plan.has_letter:
            self.filings.consent(conversation, self.filings.letter(draft).sha256)

    def submitted(self, conversation: str = "c1", **answers: str) -> str:
        """The number of a 威海 filing that was handed in."""
        self.ready_to_sign(conversation, **answers)
        return self.sign(conversation, answers.get("name", PERSON["name"]))

    def file(self, kind: str, region: str, conversation: str = "c1", **answers: str) -> str:
        """The number of a filing of any kind, handed in."""
        self.open(conversation, kind, region)
        return self.finish(conversation, **answers)

    def finish(self, conversation: str, **answers: str) -> str:
        """Fills in what is missing of the draft there is and hands it in; the number."""
        self.agree(conversation, **answers)
        draft = self.filings.find_draft(conversation)
        assert draft is not None
        if draft.plan.has_letter:
            return self.sign(conversation, answers.get("name", PERSON["name"]))
        return self.filings.submit(conversation).filing_no

    def sign(self, conversation: str = "c1", signature: str = PERSON["name"]) -> str:
        """The number under which the signed draft was handed in."""
        token = self.filings.keep(conversation, signature)
        return self.filings.submit(conversation, token).filing_no

    def confirm(self, filing_no: str, on: date | None = None, key: str = "") -> None:
        """The agency confirms the filing."""
        version = self.desk.find(OFFICER, filing_no).filing.version
        self.desk.confirm(OFFICER, filing_no, on or self.clock().date(), version, key or f"confirm-{filing_no}-{version}")

    def return_(self, filing_no: str, reason: str = "电话打不通，请改成能打通的", fields: tuple[str, ...] = ("phone",)) -> None:
        """The agency returns the filing."""
        version = self.desk.find(OFFICER, filing_no).filing.version
        self.desk.return_(OFFICER, filing_no, reason, fields, version, f"return-{filing_no}-{version}")


def _pdf(paper: FilingPaper) -> bytes:
    return filing_pdf(paper, read_settings({}).font_paths, None)


@contextmanager
def an_office(folder: Path) -> Iterator[Office]:
    """An office whose store lies in that folder."""
    store = FilingStore.open(folder / "filings.db", folder / "keys" / "filing.key")
    try:
        yield Office(store, PaperFiles(folder / "papers", store.box), Clock(), folder)
    finally:
        store.close()


def photo(size: tuple[int, int] = (60, 40)) -> bytes:
    """A small photograph of a paper."""
    content = io.BytesIO()
    Image.new("RGB", size, "beige").save(content, "JPEG")
    return content.getvalue()


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
