"""The one place where real parts are chosen and the clock is read. Nothing opens before it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from rules_engine import packs
from rules_engine.filing_kinds import load_filing_kinds
from services.account_sign_in import SignIn
from services.account_store import AccountStore
from services.accounts import Accounts
from services.answers import Answers
from services.china_time import CHINA_TIME
from services.commitment_letters import load_letters
from services.consent_store import ConsentStore
from services.consents import Consents
from services.conversation_store import ConversationStore
from services.cost_desk import CostDesk
from services.cost_desk_text import CostDeskText
from services.cost_estimates import CostEstimates
from services.cost_form import CostForms
from services.cost_replies import CostReplies
from services.document_code import code_content, code_picture
from services.document_files import DocumentFiles
from services.documents import filing_pdf
from services.filing_course import FilingCourse
from services.filing_desk import FilingDesk
from services.filing_draft_shown import DraftShown
from services.filing_erasure import Erasure
from services.filing_look_up import FilingLookUp
from services.filing_particulars import FilingParticulars
from services.filing_policy import FilingPolicy
from services.filing_prospects import FilingProspects
from services.filing_records import FilingPaper, FilingView
from services.filing_store import FilingStore
from services.filings import Filings
from services.paper_files import PaperFiles
from services.passwords import Passwords
from services.places_said import Areas
from services.question_log import QuestionLog
from services.question_log_store import QuestionLogStore
from services.secrets_box import kept_signing_secret, open_box
from services.settings import Settings, read_settings

Part = TypeVar("Part")
# Reentrant: building one part asks for others.
_building = threading.RLock()


def _built_once(build: Callable[[], Part]) -> Callable[[], Part]:
    """`build`, run once in this process, also when threads ask at the same time."""
    built: list[Part] = []

    @wraps(build)
    def part() -> Part:
        with _building:
            if not built:
                built.append(build())
            return built[0]

    return part


def now() -> datetime:
    """The present time in China."""
    return datetime.now(CHINA_TIME)


def today() -> date:
    """The present day in China."""
    return now().date()


@_built_once
def settings() -> Settings:
    return read_settings()


@_built_once
def filing_store() -> FilingStore:
    return FilingStore.open(settings().filing_database, settings().filing_key)


@_built_once
def filing_policy() -> FilingPolicy:
    """What this project's packs say about filing."""
    return FilingPolicy(load_filing_kinds(), load_letters(), answers().packs)


@_built_once
def paper_files() -> PaperFiles:
    return PaperFiles(settings().papers, filing_store().box)


@_built_once
def filings() -> Filings:
    return Filings(filing_store(), paper_files(), now, filing_policy())


@_built_once
def filing_particulars() -> FilingParticulars:
    return FilingParticulars(filing_store(), filings())


@_built_once
def draft_shown() -> DraftShown:
    return DraftShown(filing_store(), now, filing_policy())


@_built_once
def filing_course() -> FilingCourse:
    return FilingCourse(filing_store(), paper_files(), now, filing_policy())


@_built_once
def filing_prospects() -> FilingProspects:
    return FilingProspects(filing_course(), filing_policy())


@_built_once
def filing_look_up() -> FilingLookUp:
    return FilingLookUp(filing_store(), now, filing_policy())


@_built_once
def filing_desk() -> FilingDesk:
    return FilingDesk(filing_store(), paper_files(), now, filing_policy())


@_built_once
def erasure() -> Erasure:
    return Erasure(filing_store(), filings(), paper_files(), documents(), now)


def letter_pdf(paper: FilingPaper) -> bytes:
    """A filing's PDF, set anew in this machine's Chinese font; `documents` gives the one that is kept."""
    return filing_pdf(paper, settings().font_paths, settings().public_url)


@_built_once
def documents() -> DocumentFiles:
    """Filings' PDFs, made when they are first asked for and kept."""
    return DocumentFiles(PaperFiles(settings().documents, filing_store().box, "document"), letter_pdf)


def purge_leftovers() -> None:
    """Really deletes what has been kept for as long as the settings say, and what was left lying."""
    filing_store().purge_kept(now() - timedelta(days=settings().keep_unused_values_days))
    filing_store().purge_drafts(now() - timedelta(days=settings().keep_drafts_days))
    erasure().purge_filings(now() - timedelta(days=settings().keep_ended_filings_days))
    conversation_store().purge(now() - timedelta(days=settings().keep_conversations_days))
    question_log().store.purge(now() - timedelta(days=settings().keep_conversations_days))
    erasure().sweep_files(now() - timedelta(hours=1))


def filing_document(conversation: str, filing_no: str) -> bytes:
    """The PDF of a filing that this conversation may see, the same bytes each time; FilingProblem filing_not_found."""
    return documents().of(filing_course().paper(conversation, filing_no))


def checked_at(filing: FilingView) -> str:
    """What the filing's square code says: the address that checks it, or number and hash where there is none."""
    return code_content(filing.filing_no, filing.letter_sha256, settings().public_url)


def filing_code(conversation: str, filing_no: str) -> bytes:
    """The square code of a filing that this conversation may see, as an SVG; FilingProblem filing_not_found."""
    return code_picture(checked_at(filing_course().view(conversation, filing_no)))


@_built_once
def frame() -> dict[str, str]:
    """The words around an answer."""
    words: dict[str, str] = packs.read_yaml(packs.PACKS_DIR / "frame.yml")["frame"]
    return words


@_built_once
def answers() -> Answers:
    """The answers from this project's packs."""
    return Answers(packs.load(), frame(), today)


@_built_once
def cost_words() -> dict[str, Any]:
    """The words around a computed cost."""
    words: dict[str, Any] = packs.read_yaml(packs.PACKS_DIR / "cost_words.yml")["cost_words"]
    return words


@_built_once
def costs() -> CostEstimates:
    """Cost estimates from this project's packs."""
    return CostEstimates(answers().packs, cost_words(), today)


@_built_once
def cost_replies() -> CostReplies:
    """Cost estimates in words."""
    return CostReplies(cost_words(), frame())


@_built_once
def cost_desk() -> CostDesk:
    """Cost for the desk."""
    forms = CostForms(answers().packs, cost_words(), today)
    return CostDesk(costs(), cost_replies(), forms, answers(), cost_words())


def cost_desk_text() -> CostDeskText:
    """The same as plain text."""
    return CostDeskText(cost_words())


@_built_once
def account_store() -> AccountStore:
    return AccountStore(settings().account_database, signing_secret())


@_built_once
def accounts() -> Accounts:
    """Who may work at the desk."""
    return Accounts(account_store(), now, Passwords(), desk_regions)


@_built_once
def sign_in() -> SignIn:
    """How they sign in."""
    return SignIn(account_store(), now, Passwords(), desk_regions)


def desk_regions() -> tuple[str, ...]:
    """The regions there are for the desk: those that have a pack."""
    return answers().packs.covered


def areas() -> Areas:
    """The pooling areas as the packs cut them."""
    policy = answers().packs
    return Areas(policy.area_of, policy.covered)


@_built_once
def conversation_store() -> ConversationStore:
    """Histories and dialogue events, sealed with the filing key."""
    filing_store()  # makes the key on first use, or refuses one that doesn't fit
    box = open_box(settings().filing_key, may_create=False)
    return ConversationStore(settings().conversation_database, box)


@_built_once
def question_log() -> QuestionLog:
    """What turns came to, and which questions want an answer."""
    store = QuestionLogStore(settings().data_dir / "questions.db")
    box = open_box(settings().filing_key, may_create=False)
    return QuestionLog(store, conversation_store(), box, now, words_key=signing_secret())


@_built_once
def consents() -> Consents:
    """Who lets an agent read along."""
    return Consents(ConsentStore(settings().data_dir / "consents.db"), now, key=signing_secret())


@_built_once
def signing_secret() -> str:
    """The secret that signs sessions and buttons, derived from nothing that is in a database."""
    filing_store()
    return kept_signing_secret(settings().filing_key)
