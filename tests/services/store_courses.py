"""What people and officers do with filings, from the first answer on: the load under which a store is tested."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from filing_office import HANGZHOU, OFFICER, PERSON, Office, photo
from stdnum.cn import ric

from services.filing_records import PAPER_STEP


def a_person(number: int) -> dict[str, str]:
    """Somebody invented, another one for each number."""
    day = date.fromordinal(date(1950, 1, 1).toordinal() + number // 900)
    seventeen = f"371002{day:%Y%m%d}{number % 900 + 100}"
    return {**PERSON, "id_number": seventeen + ric.calc_check_digit(seventeen + "?"), "phone": f"138{number % 10**8:08}"}


def _withdrawn(office: Office, conversation: str, person: dict[str, str]) -> None:
    office.course.withdraw(conversation, office.submitted(conversation, **person))


def _mended(office: Office, conversation: str, person: dict[str, str]) -> None:
    filing_no = office.submitted(conversation, **person)
    office.return_(filing_no)
    office.course.open_mend(conversation, filing_no)
    office.finish(conversation, **person)


def _ended(office: Office, conversation: str, person: dict[str, str]) -> None:
    filing_no = office.submitted(conversation, **person)
    office.confirm(filing_no)
    today = office.clock.at
    office.clock.set_day(date(2027, 7, 1))  # 威海 holds a filing for six months
    office.course.request_end(conversation, filing_no)
    office.desk.decide_end(OFFICER, filing_no, int(filing_no[-1]) % 2 == 0, "核对过了", 3, f"end-{filing_no}")
    office.clock.at = today


def _self_service(office: Office, conversation: str, person: dict[str, str]) -> None:
    office.file("long_term_residence", HANGZHOU, conversation, **person)  # confirmed in the same transaction


def _with_paper(office: Office, conversation: str, person: dict[str, str]) -> None:
    draft = office.open(conversation, "referral", HANGZHOU)
    step = next(step for step in draft.plan.steps if step.startswith(PAPER_STEP))
    office.filings.add_paper(conversation, step.removeprefix(PAPER_STEP), photo())
    office.filings.clear_step(conversation, step)
    office.finish(conversation, **person)


def _given_up(office: Office, conversation: str, person: dict[str, str]) -> None:
    office.open(conversation)
    for value in person.values():
        office.filings.keep(conversation, value)
    office.fill_in(conversation, **person)
    if int(person["phone"]) % 2:
        office.filings.drop(conversation)


# A step worth being killed in, and what leads to it.
AIMS: dict[str, Callable[[Office, str, dict[str, str]], None]] = {
    "submit": _self_service, "consent": _self_service, "withdraw": _withdrawn, "return_": _mended, "open_mend": _mended,
    "confirm": _ended, "request_end": _ended, "decide_end": _ended, "add_paper": _with_paper, "clear_step": _with_paper,
    "drop": _given_up, "keep": _given_up,
}
