"""What lies in the store that the API is tried on, and how a request gets to it."""

from __future__ import annotations

import itertools
import sqlite3
from datetime import date
from random import Random
from typing import Any

from filing_office import GAOYOU, HANGZHOU, OFFICER, PERSON, WEIHAI, Office, another_person, photo
from fuzz_listened import ListenedStock
from jsonschema import Draft202012Validator
from schemathesis import APIOperation, Case
from schemathesis.core.parameters import ParameterLocation

PASSWORD, SENDER, CLERKS = "a-long-password", "demo", [f"clerk{n}" for n in range(9)]
BILL = "项目名称,金额,医保类别,自付比例\nCT平扫,300,乙类,5%\n床位费,三百左右,甲类,\n".encode()


def _is_valid(body: dict[str, Any], operation: APIOperation) -> bool:
    described = operation.schema.raw_schema
    [shape] = described["paths"][operation.path][operation.method]["requestBody"]["content"].values()
    return Draft202012Validator({**shape["schema"], "components": described["components"]}).is_valid(body)


class Stock:
    """Filings of every kind of standing, and what a request has to say to reach them."""

    def __init__(self, office: Office, page: str, rest: str) -> None:
        self.office, self.page, self.rest = office, page, rest
        people = (another_person(n) for n in itertools.count())
        ending = [office.submitted(f"ends{n}", **next(people)) for n in range(8)]
        for number in ending:
            office.confirm(number)
        withdrawn = office.file("long_term_residence", GAOYOU, "withdraws", **next(people))
        office.course.withdraw("withdraws", withdrawn)
        self.own = [office.submitted(owner, **next(people)) for owner in (page, rest)]
        self.with_papers = [office.file("long_term_residence", GAOYOU, f"papers{n}", **next(people)) for n in range(3)]
        waiting = [office.submitted(f"waits{n}", **next(people)) for n in range(35)]
        elsewhere = office.file("long_term_residence", HANGZHOU, "elsewhere", **next(people))
        office.clock.set_day(date(2027, 8, 1))
        for n, number in enumerate(ending):
            office.course.request_end(f"ends{n}", number)
        assert office.erasure.purge_filings(office.clock()) == 1
        self.listened: ListenedStock | None = None
        self.numbers = [*waiting, *self.own, *self.with_papers, *ending, withdrawn, elsewhere]

    def aim(self, case: Case, chance: Random) -> None:
        """Puts what is really there into the request, mostly; what is wrong with it stays wrong."""
        asked, there = case.operation, self._what_is_there(case.operation.path, chance)
        if self.listened:
            there |= self.listened.what_is_there(asked.path, chance)
        for where, told, known, share in (
            (ParameterLocation.PATH, case.path_parameters, asked.path_parameters, 0.9),
            (ParameterLocation.HEADER, case.headers, asked.headers, 0.9),
            (ParameterLocation.QUERY, case.query, asked.query, 0.75),
        ):
            if not case.meta.is_negative_at(where):
                names = [one.name for one in known if one.name in there and chance.random() < share]
                told.update({name: there[name] for name in names})
        is_wrong = case.meta.is_negative_at(ParameterLocation.BODY)
        if isinstance(case.body, dict):
            body = {name: there.get(name, told) if chance.random() < 0.75 else told for name, told in case.body.items()}
            case.body = case.body if is_wrong and _is_valid(body, asked) else body
        elif asked.path.endswith(("/bill", "/paper")) and not is_wrong and chance.random() < 0.7:
            case.body = BILL if asked.path.endswith("/bill") else photo()

    def _what_is_there(self, path: str, chance: Random) -> dict[str, Any]:
        filing = self.office.desk.find(OFFICER, self._number(path, chance)).filing
        number = filing.filing_no
        return {
            "filing_no": chance.choice([number, number, number.replace("-", "")]), "version": filing.version,
            "sha256": filing.letter_sha256, "fields": [line.slot for line in filing.particulars][:chance.randrange(4)],
            "paper_id": chance.choice([paper.paper_id for paper in filing.papers] or ["none"]),
            "Idempotency-Key": f"key-{chance.randrange(10 ** chance.choice([1, 8, 8, 8])):08}",  # some come twice
            "on": self.office.clock().date().isoformat(),
            "status": chance.choice(["submitted", "ending", "ended"]), "region": chance.choice([WEIHAI, HANGZHOU]),
            "after": f"20261122T023000000000Z.{chance.choice(self.numbers)}", "limit": chance.randint(1, 5),
            "id_number": chance.choice([PERSON["id_number"], another_person(3)["id_number"]]),
            "insured_region": chance.choice([WEIHAI, HANGZHOU]), "treatment_region": GAOYOU, "filed_region": HANGZHOU,
            "base": {"insured_region": WEIHAI, "total_amount": "25000", "scheme": "resident"},
            "phone": chance.choice([PERSON["phone"], another_person(3)["phone"]]),
            "officer_id": chance.choice(CLERKS), "account_id": chance.choice(CLERKS), "account": chance.choice(CLERKS),
            "present": PASSWORD, "password": PASSWORD if path.endswith("login") else f"{PASSWORD}-{chance.randrange(9)}",
            "regions": f"{WEIHAI},{GAOYOU}" if path.endswith("/compare") else [chance.choice([WEIHAI, GAOYOU])],
            "topic": chance.choice(["share_borne", "materials"]), "facts": "situation:referral",
            "sender": SENDER, "message_id": f"m-{chance.randrange(9)}", "paper": self._paper_asked(path),
        }

    def _number(self, path: str, chance: Random) -> str:
        if path.endswith((".pdf", "/code.svg", "/document")):
            return chance.choice(self.own)  # a PDF takes a while to be made
        if path.endswith("/{paper_id}"):
            return chance.choice(self.with_papers)
        if not path.endswith(("/confirm", "/return", "/end")) or chance.random() < 0.3:
            return chance.choice(self.numbers)
        page = self.office.desk.queue(OFFICER, "ending" if path.endswith("/end") else "submitted", limit=5)
        return chance.choice([view.filing_no for view in page.filings] or self.numbers)

    def _paper_asked(self, path: str) -> str:
        """A paper that the draft of the path's conversation asks for."""
        conversation = self.page if path.startswith("/chat") else self.rest
        draft = self.office.filings.find_draft(conversation)
        if draft is None or len(draft.papers) > 5:
            self.office.filings.forget(conversation)
            draft = self.office.open(conversation, "referral", HANGZHOU)
        return next(step.removeprefix("paper:") for step in draft.plan.steps if step.startswith("paper:"))

    def faults(self) -> list[str]:
        """What is wrong in the databases."""
        found = list(self.office.store.faults())
        for path in sorted(self.office.folder.glob("*.db")):
            with sqlite3.connect(path) as database:
                found += [f"{path.name}: {row[0]}" for row in database.execute("PRAGMA integrity_check") if row != ("ok",)]
            database.close()
        return found
