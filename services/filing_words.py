"""What can be said of a filing in a few words: how it stands, how long it holds, from when it may be changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from rules_engine.decision import Citation
from rules_engine.fact_words import day_in_words
from rules_engine.filing_kinds import FilingKind, Note, Paper
from rules_engine.filing_life import LifeDecision
from services.filing_forms import title_of
from services.filing_records import FilingProblem, FilingView, TimelineEntry
from services.filing_states import STATUS_TITLES
from services.filing_views import problem_words

ACTION_TITLES = {"mend": "改好重交", "change": "变更", "renew": "续办", "end": "注销", "withdraw": "撤回"}
ANOTHER_SHEET = "再传一份"
NOT_YET_DECIDED = frozenset({"submitted", "returned"})
HELD = frozenset({"confirmed", "ending"})
DAYS_OF_A_YEAR = 365
_UNTIL_CONFIRMED = {
    "permanent": "确认以后长期有效", "months": "确认以后，这里会写到哪天", "not_stated": "文件没有写管多久",
}


def status_in_words(status: str, kind: FilingKind) -> str:
    """How a filing stands; what needs nobody's confirmation is in effect, not confirmed."""
    return "已生效" if _is_in_effect_at_once(status, kind) else STATUS_TITLES[status]


def _is_in_effect_at_once(confirmed: str, kind: FilingKind) -> bool:
    return confirmed == "confirmed" and kind.decided_by == "self_service"


def standing_in_words(filing: FilingView, kind: FilingKind) -> str:
    """How a filing stands today: one whose first day has not come is in effect only from then."""
    if filing.status == "confirmed" and filing.effective_on and not filing.is_in_effect:
        return f"已确认，{day_in_words(filing.effective_on)}起有效"
    return status_in_words(filing.status, kind)


def validity_in_words(filing: FilingView) -> str:
    """How long the filing holds; "" for one that is over for another reason than its time."""
    if filing.status in NOT_YET_DECIDED:
        return _UNTIL_CONFIRMED[filing.validity]
    if filing.status == "expired" and filing.valid_to:
        return f"{day_in_words(filing.valid_to)}已经到期"
    if filing.status not in HELD:
        return ""
    if filing.valid_to:
        return f"到{day_in_words(filing.valid_to)}，这一天也算在内"
    return "长期有效" if filing.validity == "permanent" else "文件没有写管多久"


def change_in_words(filing: FilingView, kind: FilingKind, decision: LifeDecision) -> str:
    """From when the filing may be changed, by the decision of the day; "" where the question doesn't arise."""
    if filing.status in NOT_YET_DECIDED and kind.counts_from == "confirmed_on":
        return "能变更的日子从医保确认那天算，确认以后这里会写"
    if filing.status != "confirmed":
        return ""
    if decision.outcome == "allowed":
        return "现在就可以变更"
    if decision.outcome != "refused":
        return "文件没有写怎么变更，要问经办机构"
    from_when = f"{day_in_words(decision.possible_from)}起可以变更" if decision.possible_from else "现在不能变更"
    return f"{from_when}；有特殊情况的，凭材料现在可以申请" if decision.papers else from_when


def mend_in_words(filing: FilingView, kind: FilingKind) -> str | None:
    """Why the filing was returned and what is to be mended; None unless it waits to be."""
    last = filing.timeline[-1]
    if filing.status == "confirmed" and last.event == "end_refused":
        return f"注销没有同意：{last.detail.get('reason', '')}"
    returned = filing.returned
    if returned is None:
        return None
    titles = "、".join(title_of(step, kind) for step in returned.detail.get("fields", ()))
    lines = [str(returned.detail.get("reason", "")), f"要改的：{titles}" if titles else ""]
    return "\n".join(line for line in lines if line)


def event_in_words(entry: TimelineEntry, kind: FilingKind) -> str:
    """What happened to a filing; what needs nobody's confirmation came into effect."""
    return status_in_words("confirmed", kind) if _is_in_effect_at_once(entry.event, kind) else entry.title


def insured_person(filing: FilingView) -> str | None:
    """Whom the filing is for, masked; None when that has been erased."""
    return next((line.value for line in filing.particulars if line.slot == "name"), None)


def is_for_family(filing: FilingView) -> bool:
    """Whether somebody filed for a member of the family."""
    return any(line.slot == "agent_name" for line in filing.particulars)


def day_words(day: date) -> str:
    """2026年12月1日."""
    return day_in_words(day)


def moment_words(at: datetime) -> str:
    """11月22日15:42."""
    return f"{at.month}月{at.day}日{at:%H:%M}"


def time_in_words(days: int) -> str:
    """3650 → 10年; what is no number of whole years stays in days."""
    return f"{days // DAYS_OF_A_YEAR}年" if days % DAYS_OF_A_YEAR == 0 else f"{days}天"


def decision_words(decision: LifeDecision) -> str:
    """What the clauses say, a line each."""
    return "\n".join(dict.fromkeys(step.wording.says for step in decision.steps if step.wording.says))


def decision_sources(decision: LifeDecision) -> str:
    """The clauses in short; "" for none."""
    return sources(step.citation for step in decision.steps)


def notes_in_words(notes: Iterable[Note]) -> str:
    """What people are told, a line each with its clause."""
    return "\n".join(f"· {note.text}（{note.citation.article}）" for note in notes)


def papers_in_words(papers: Iterable[Paper]) -> str:
    """居住证明（居住证、房产证这类）、…; "" for none."""
    return "、".join(f"{paper.title}（{paper.examples}）" if paper.examples else paper.title for paper in papers)


def sources(citations: Iterable[Citation]) -> str:
    """Documents and clauses in short, each once."""
    clauses: dict[str, dict[str, None]] = {}
    for citation in citations:
        clauses.setdefault(citation.short_name, {}).update(dict.fromkeys(citation.article.split("、")))
    return "；".join(f"{document}，{'、'.join(named)}" for document, named in clauses.items())


def words_of(problem: FilingProblem) -> dict[str, str]:
    """A problem's details as words for a sentence: days, moments and states as people say them."""
    words = problem_words(problem)
    if "status" in words:
        words["status"] = STATUS_TITLES[words["status"]]
    if "until" in words:
        words["until"] = moment_words(datetime.fromisoformat(words["until"]))
    return words
