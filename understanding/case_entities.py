"""Turns what the extractors found into closed values: codes of regions, the engine's facts, terms, dates.

No free text of the message is left in an entity's value, so that nothing private rides along.
"""

import re
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from understanding.figures_said import figures_said
from understanding.filing_said import filing_in
from understanding.places_named import NOT_SAID, places_named
from understanding.vocabulary import closed_entity, meanings

# 2021年11月, 21年12月3号, 去年三月, 前年: days of a visit, as far as they name a year.
DATE_PATTERN = re.compile(
    r"(?:(?:20)?\d{2}年|[二两]零[零一二三四五六七八九]{2}年|二〇[〇一二三四五六七八九]{2}年|前年|去年|今年)"
    r"(?:的?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?)?"
    r"|20\d{2}[-/.]\d{1,2}(?:[-/.]\d{1,2})?"
    r"|(?<!\d)\d{1,2}月\d{1,2}[日号]"
    r"|(?:上+|下+|这|本)个?月(?:初|中旬|中|底|份|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号])?"
    r"|(?:上+|下+|这|本)个?(?:周|星期|礼拜)[一二三四五六日天1-6]"
    r"|(?:前年|去年|今年|明年|后年)的?(?:国庆|五一|元旦|春节|过年|元宵|端午|中秋|重阳)"
    r"|(?:国庆|端午|中秋|重阳|元宵)节?(?=[前后去到回放要想我就过那期假,，。]|$)"
)
SETTLES, SPEAKS_OF_ONESELF, SPEAKS_OF_ANOTHER = "settles", "speaks_of_oneself", "speaks_of_another"
OUTRIGHT = re.compile("年|月|不回|不打算|不走|搬|户口")  # how long, and not only which kind: 长期, 长住
# Said of much else too; somebody settles where they speak of living there.
OF_MANY_THINGS = frozenset({"不回来了", "不回去了", "不走了", "好多年了", "好些年了", "十几年了"})
LIVES_THERE = re.compile(r"(?:(?<!入)住(?!院|进)|搬|嫁)[^。;?？]{0,14}$")
NOT_TO_SETTLE = re.compile(r"[没不未别][^，,。]{0,3}$")
# 2019年医保局发的那封信, 2017年的政策: the document's year, no day of a visit.
OF_A_DOCUMENT = re.compile(r".{0,8}?(?:文件|通知|政策|规定|那封信|公开信|的信|分册|折页|十问|须知|手册|资料|发的)")
PROOF = "(?:居住证|户籍证明|单位证明|工作证明)"
HAS_PROOF = re.compile(
    rf"{PROOF}[^,，。?？没]{{0,4}}有(?!吗|么|嘛|没|用|效)|(?<!没)(?<!有没)有[^,，。?？没]{{0,8}}{PROOF}(?!吗|么|嘛)"
    rf"|(?<!没)(?<!还没)(?:领到|拿到|办好|办下来|开好|开到|领了|办了|开了)[^,，。?？没]{{0,4}}{PROOF}(?!吗|么|嘛)"
)
WITHOUT = re.compile(r"(?:没有?|未)(?:办|开|经过?)?$")  # 没备案没转诊
# 又去广州出差突然阑尾炎住院了
SUDDEN = re.compile(r"(?:突然|忽然|一下子)[^,，。;?？]{1,8}(?:住院|住了院|送医院|送到医院|进医院|进了医院|开刀|手术)")
# 没人撞我; 自己骑车摔的; not 自己骑车被撞
NOBODY_LIABLE = re.compile(
    r"(?:没有?|不是|没有?被)(?:别人|人|车|谁|被)?(?:撞|打|碰|推)|自[己个][^,，。;?？被让给]{0,5}(?:摔|跌|滑倒|绊|磕|崴)"
)
REFERRED = re.compile(r"(?<!医保)(?<!关系)转(?:到|去|往|上)[^,，。?？备案]{1,8}?(?:医院|住院|治疗|看病|手术|去治|做)")
IN_OTHER_WORDS = (
    (REFERRED, "situation", "referral"), (HAS_PROOF, "has_residence_proof", "true"),
    (NOBODY_LIABLE, "third_party", "none"), (SUDDEN, "situation", "emergency_treatment"),
)
# 那我妈呢, 我妈的话: the talk turns to her; 那我呢, 回到我自己: back to the one who asks.
ASKED_ABOUT = re.compile(r"(?:那边|自己|本人)?(?:呢|的话|的呢|又)")
TURNS_TO = re.compile(r"(?:再|又)(?:问|说|看)(?:问|说|看|一下|下)?$|(?:说回|回到|轮到|换成|至于)$")
# 我登记时选哪个区, after a talk of somebody else's; nobody else is named in it
OF_ONESELF = re.compile(r"(?:^|[,，。])(?:那|哦|好|嗯)?[我俺](?:回|登记|备案|在|住|这|那|门诊|看病|看门诊)(?!.*[她他])")
OF_ANOTHER = re.compile(r"(?:^|[,，。])(?:那|哦|好|嗯)?[她他](?!们)")  # 她看门诊能刷吗
# 我跟着儿子住: with whom, not whose case
WITH_THEM = re.compile(r"(?:跟着?|随着?|投奔|投靠|靠着?)$")
LIVES_WITH = re.compile(r"(?:一起|一块儿?)?(?:在|住|过(?!去)|生活|养老)")
MYSELF = re.compile(
    r"(?:那|回到|说回|再说|还是说|回头说|接着说)(?:我|俺)(?=呢|的话|自己|自个|本人|这边|\W|$)|还是说(?:我|俺)(?![妈爸爹娘爷奶姥外老婆公媳家哥姐弟妹儿女闺])|^(?:我|俺)(?=呢|的话|自[己个]儿?(?:是|的医保|医保|在))"
)


def entities_of(text: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The closed entities of a message, in the order they stand in it."""
    readers = (places_named, _dates, _told_in_other_words, figures_said, _filings)
    entities = [*_phrases(text, found), *(entity for read in readers for entity in read(text))]
    return sorted(entities, key=lambda entity: entity["start"])


def _phrases(text: str, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the entity ruler matched, each phrase with all its meanings, unless it is denied (不是长期)."""
    for entity in found:
        said = text[entity["start"]:entity["end"]]
        before, after = text[:entity["start"]], text[entity["end"]:]
        denied = NOT_SAID.search(before) or (_is_situation(said) and WITHOUT.search(before))
        if denied:
            yield from (
                closed_entity("not_so", f"{label}={value}", entity["start"], entity["end"])
                for label, value in meanings().get(said, ()) if label == "situation"
            )
        for label, value in () if denied else meanings().get(said, ()):
            if label == SETTLES and not _settles(said, before):
                continue
            if label == "person" and WITH_THEM.search(before) and LIVES_WITH.match(after):
                continue
            found_one = closed_entity(label, value, entity["start"], entity["end"])
            if label == "person" and (ASKED_ABOUT.match(after) or TURNS_TO.search(before)):
                found_one["asked"] = True
            if label == "stays_long_enough" and OUTRIGHT.search(said):
                found_one["outright"] = True
            yield found_one
    yield from (
        closed_entity("person", "self", match.start(), match.end()) | {"asked": True} for match in MYSELF.finditer(text)
    )
    they = OF_ANOTHER.search(text)
    if they:
        yield closed_entity(SPEAKS_OF_ANOTHER, "true", they.start(), they.end())
    of_oneself = OF_ONESELF.search(text)
    if of_oneself:
        yield closed_entity(SPEAKS_OF_ONESELF, "true", of_oneself.start(), of_oneself.end())


def _is_situation(said: str) -> bool:
    """Whether a phrase says nothing but a situation."""
    return {label for label, _ in meanings().get(said, ())} - {"term"} == {"situation"}


def _settles(said: str, before: str) -> bool:
    """Whether someone means to stay where they live: 住到济南，不走了; not 腿疼得不走了, 没打算定居."""
    return not NOT_TO_SETTLE.search(before) and (said not in OF_MANY_THINGS or bool(LIVES_THERE.search(before)))


def _told_in_other_words(text: str) -> Iterator[dict[str, Any]]:
    """What no single phrase says: 我有大连的居住证, 转到上海瑞金住院, 没人撞我, 突然阑尾炎住院."""
    for pattern, label, value in IN_OTHER_WORDS:
        for match in pattern.finditer(text):
            yield closed_entity(label, value, match.start(), match.end())


def _dates(text: str) -> Iterator[dict[str, Any]]:
    for match in DATE_PATTERN.finditer(text):
        if OF_A_DOCUMENT.match(text[match.end():]):
            continue
        yield closed_entity("date", match.group(), match.start(), match.end())


def _filings(text: str) -> Iterator[dict[str, Any]]:
    """Whose filing is to be made, and whether an earlier one goes on."""
    # one sign wide, so that the words around it stay there for whoever asks what else a message says
    yield from (closed_entity(label, value, at, at + 1) for label, value, at in filing_in(text))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CaseEntities(GraphComponent):
    """Replaces what the entity ruler found by closed values."""

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):  # type: ignore[no-untyped-def]
        """Called by Rasa."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """The messages with their entities replaced."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                message.set(ENTITIES, entities_of(text, message.get(ENTITIES, [])), add_to_output=True)
        return messages
