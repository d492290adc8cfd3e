"""What the desk's answers, searches and comparisons take and give."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field

from server.routes.desk_fields import Day
from server.routes.desk_models import Shape

LONGEST_LINE, LONGEST_LIST = 200, 600
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
Line = Annotated[str, Field(max_length=LONGEST_LINE)]
List = Annotated[str, Field(max_length=LONGEST_LIST)]
Topic = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}$")]


class AnswersQuery(Shape):
    """`facts`: name:value,name:value; `without`, `skip`: names."""

    q: Line = ""
    topic: Topic | None = None
    facts: List = ""
    without: List = ""
    skip: List = ""
    on: Day | None = None


class CompareQuery(Shape):
    topic: Topic
    regions: Annotated[str, Field(pattern=r"^[0-9]{6}(,[0-9]{6}){0,3}$")]
    facts: List = ""
    on: Day | None = None


class ProvisionsQuery(Shape):
    q: Line = ""
    region: Code | None = None
    on: Day | None = None


class ChangesQuery(Shape):
    """`from` is a word of Python's: the day is read by its alias."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    region: Code | None = None


class ContactsQuery(Shape):
    region: Code | None = None


AnswersAsked = Annotated[AnswersQuery, Query()]
CompareAsked = Annotated[CompareQuery, Query()]
ProvisionsAsked = Annotated[ProvisionsQuery, Query()]
ChangesAsked = Annotated[ChangesQuery, Query()]
ContactsAsked = Annotated[ContactsQuery, Query()]


class SourceShown(Shape):
    document: str
    short_name: str
    clause: str
    date: date
    issued: str
    is_second_hand: bool


class ProvisionShown(Shape):
    provision: str
    title: str
    topic: str
    topic_title: str
    value: str
    says: str
    to_do: list[str]
    detail: str
    note: str
    is_stated: bool
    condition: str
    effective_from: date
    effective_to: date | None
    verified_on: date
    citation: SourceShown


class ChoiceShown(Shape):
    key: str
    fact: str
    value: str
    title: str


class OpenShown(Shape):
    fact: str
    title: str
    question: str
    input: Literal["choice", "region", "date", "number"]
    choices: list[ChoiceShown]


class TopicShown(Shape):
    topic: str
    title: str


class CardShown(TopicShown):
    region: str | None
    region_name: str
    place: str | None
    on: date
    status: str
    status_title: str
    conclusion: str
    basis: list[str]
    steps: list[ProvisionShown]
    overview: ProvisionShown | None
    principle: ProvisionShown | None
    citations: list[SourceShown]
    warnings: list[str]
    notes: list[str]
    general: str | None
    open: OpenShown | None
    may_differ_by: list[str]
    read_aloud: list[str]
    copy_text: str
    next: list[TopicShown]


class FactShown(Shape):
    name: str
    title: str
    words: str
    value: str
    origin: Literal["said", "assumed", "chosen"]


class LineShown(TopicShown):
    status: str
    line: str
    sources: str


class TypedShown(Shape):
    typed: str
    read_as: str
    could_be: list[str]


class AnswersShown(Shape):
    """`unread`: what says nothing we know; `read_by`: what found the topic; `urgent`: said first to one in danger."""

    line: str
    typed: list[TypedShown]
    unread: list[str]
    read_by: Literal["words", "model", "choice", "nothing"]
    on: date
    facts: list[FactShown]
    ignored: list[FactShown]
    urgent: str | None
    places: OpenShown | None
    cards: list[CardShown]
    suggestions: list[LineShown]


class CompareShown(Shape):
    topic: str
    title: str
    on: date
    cards: list[CardShown]


class Marked(Shape):
    """A text with the stretches that were looked for, as [start, end) in characters."""

    text: str
    marks: list[tuple[int, int]]


class ProvisionFound(ProvisionShown):
    region: str
    region_name: str
    snippets: list[Marked]
    title_marks: list[tuple[int, int]]


class ProvisionsShown(Shape):
    on: date
    provisions: list[ProvisionFound]


class VersionShown(Shape):
    value: str
    says: str
    effective_from: date
    effective_to: date | None
    citation: SourceShown


class ChangeShown(Shape):
    on: date
    kind: Literal["began", "ended", "value", "words"]
    region: str
    region_name: str
    provision: str
    title: str
    topic: str
    topic_title: str
    old: VersionShown | None
    new: VersionShown | None


class ChangesShown(Shape):
    changes: list[ChangeShown]


class ContactShown(Shape):
    name: str
    phone: str
    topics: list[str]
    citation: SourceShown | None


class RegionContacts(Shape):
    region: str
    region_name: str
    contacts: list[ContactShown]


class ContactsShown(Shape):
    regions: list[RegionContacts]


class DeskPlace(Shape):
    code: str
    name: str


class PolicyShown(Shape):
    """What can be asked for: the places that have a pack, and the topics."""

    today: date
    regions: list[DeskPlace]
    topics: list[TopicShown]
