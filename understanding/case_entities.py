"""Turns what the extractors found into closed values: codes of regions, the engine's facts, terms, dates.

No free text of the message is left in an entity's value, so that nothing private rides along.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import cn2an
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from rules_engine import regions
from understanding.amounts import amounts_in, own_rates_in
from understanding.filing_said import filing_in
from understanding.vocabulary import CLOSED_VALUES, REGION, meanings

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
NOT_SAID = re.compile(r"(?:不是|并非|不算|不属于|不去|不在)(?:说)?$")
# 住了四个月, 才俩月, 三年: how long; not 满6个月 or 2021年3月, which are a limit and a date.
SPAN = re.compile(
    r"(?<!\d)(?P<number>\d{1,2}|[一二两俩三四五六七八九十]{1,2})"
    r"(?P<unit>(?:个[来多]?|[来多]个?)月|(?<=俩)月|年(?!\d|[前初底]|[一二三四五六七八九十\d]+月))(?!以[上内下]|之?内)"
)
# 三级，退休，第一次: which stay of the year, where a part of the message says nothing else
STAY = re.compile(
    r"(?:^|[,。;?!])(?:这|是|算|我|今年|本年|这次|这回|应该|那|要是|如果|假如|换成|改成){0,4}"
    r"(?:(?P<first>第一|头一?|首)|(?P<second>第二|二)|(?P<third>第[三四五六七八九]|三))"
    r"[次回](?:入|住|住的)?(?:[了吧的呢啊哦呀]|来着)*(?=$|[,。;?!])"
)
STAYS = {"first": "1", "second": "2", "third": "3"}  # 3: the third or a later one
# 两万多, 五六千, 两三万: a rough sum. 起付线已经交过了: this stay has none to pay any more.
ABOUT_SUM = re.compile(
    r"[万千百][多来余把](?!少)|[万千百元块](?:左右|上下)|[一二两三四五六七八九][二三四五六七八九][万千百]|大概|差不多|大约"
)
# 花了负三千: no sum of a bill, and to be told so.
NEGATIVE_SUM = re.compile(
    r"(?:花了?|费用?|一共|总共|总额|付了?)(?:是|为)?(?:负|-)(?P<number>\d+(?:\.\d{1,2})?|[一二两三四五六七八九十百千万]+)"
)
DEDUCTIBLE_PAID = re.compile(
    r"(?:起付线|门槛费)(?:上次|前面|已经|都|早就?|我)*(?:交|付|扣|出|满|够)(?:过|了|完)(?!多少|几|\d|[一二两三四五六七八九])"
)
ABOUT = re.compile(r"[一二两三四五六七八九]{2}")
MONTHS_IN = {"月": 1, "年": 12}
RATE = re.compile(
    r"(?P<percent>\d{1,3}(?:\.\d)?)\s?(?:[%％]|个点)|百分之(?P<spoken>[一二两三四五六七八九十百]{1,4}|\d{1,3})"
    r"|(?P<tenths>[一二两三四五六七八九])成(?!为|都|功)"
)
HOUSEHOLD = "(?:户口|户籍|戶口)"
SETTLES = "settles"
# Said of much else too; somebody settles where they speak of living there.
OUTRIGHT = re.compile("年|月|不回|不打算|不走|搬|户口")  # how long, and not only which kind: 长期, 长住
OF_MANY_THINGS = frozenset({"不回来了", "不回去了", "不走了", "好多年了", "好些年了", "十几年了"})
LIVES_THERE = re.compile(r"(?:(?<!入)住(?!院|进)|搬|嫁)[^。;?？]{0,14}$")
NOT_TO_SETTLE = re.compile(r"[没不未别][^，,。]{0,3}$")
# What stands right before or behind a place tells how it is meant.
BEFORE_PLACE = {
    "denied": NOT_SAID,
    "comes": re.compile(r"[来]$"),
    "moves": re.compile(r"(?:[去到上往来奔赴待飞跑]|转院?[到去]?)$"),
    "leaves": re.compile(r"[从由打]$"),
    "returns": re.compile(r"回(?:到|来|去)?$"),
    "insures": re.compile(
        r"(?:参保地?|医保卡?|医报|社保卡?|保险|关系|农合)(?:还|都|也|就|早就?|已经|后来|一直|单位|是单位|是|倒|其实|本来|现在)*"
        r"(?:在|是|属|系|喺|交在|落在|办在|转到|转去|转在|迁到)?$"
    ),
    "stays": re.compile(r"(?:在|喺|住|住到|派到|嫁到|调到|搬到|送到|转到|人在)$"),
    "elsewhere": re.compile(rf"(?:老家|{HOUSEHOLD}|籍贯|娘家|婆家|出生地?)(?:还|都|就|也|一直)*(?:是|在)?$"),
    "household": re.compile(rf"{HOUSEHOLD}(?:还|都|就|也|一直|已经)*(?:是|在|属|迁到|迁去|迁往|迁|落在|落到|转到)?$"),
    "heads": re.compile(r"^\W*$"),
    # 长期备案在西安, 备案长住上海: the filing is made, and this is its place; not 备案在哪里办
    "filed": re.compile(
        r"(?<![要想把])(?<!申请)(?<!办理)备了?案(?:登记|关系|地)?(?:长住|长期|了|好)?(?:是|在|到|的是)?$"
    ),
    "own": re.compile(r"[我俺咱](?:自己|本人)?是(?:山东|浙江|江苏|新疆)?$"),
}
BEHIND_PLACE = {
    "beyond": re.compile(r"^省?以?外"),
    "visits": re.compile(r"^[市省区县]?.{0,3}?(?:看病|看个病|住院|就医|就诊|治疗|治病|看门诊|手术|买药|挂号)"),
    "theirs": re.compile(
        r"^[市省区县]?(?:医保)?的?(?:呢|的话|规定|政策|怎么|是怎么|那边呢|又|没备案|没登记|不备案)"
    ),
    # 高邮转诊材料, as agents type; not 杭州呢, 杭州看病, 杭州的医院
    "labels": re.compile(
        r"^[市省区县]?(?!$|呢|的话|那|也|行|可以|吧|吗|啊|看|住|就医|治|医院|的医|的大|的专|的病|有|那边|这边)"
    ),
    "elsewhere": re.compile(rf"^[市省区县]?的?(?:{HOUSEHOLD}|老家)"),
    "insures": re.compile(
        r"^[市省区县]?(?:这边|那边|当地|本地)?(?:的|嘅|交的|上的|入的)?(?:城镇|城乡|农村|退休|老年|灵活就业)*"
        r"(?:[职桌]工|居民)?(?:窗口|医保局|大厅|柜台|交|缴|医保|社保|农合|新农合|参保|医疗保险|保险|合作医疗|职工|居民|医报|社报)"
    ),
}
# 备案在上海要什么材料: a filing that is still to be made.
STILL_TO_FILE = re.compile(r"^[市省区县]?(?:要|需|怎|咋|办|行不|可|能|得|吗|的话)")
# 2019年医保局发的那封信, 2017年的政策: the document's year, no day of a visit.
OF_A_DOCUMENT = re.compile(r".{0,8}?(?:文件|通知|政策|规定|那封信|公开信|的信|分册|折页|十问|须知|手册|资料|发的)")
PROOF = "(?:居住证|户籍证明|单位证明|工作证明)"
HAS_PROOF = re.compile(
    rf"{PROOF}[^,，。?？没]{{0,4}}有(?!吗|么|嘛|没|用|效)|(?<!没)(?<!有没)有[^,，。?？没]{{0,8}}{PROOF}(?!吗|么|嘛)"
)
REFERRED = re.compile(r"(?<!医保)(?<!关系)转(?:到|去|往|上)[^,，。?？备案]{1,8}?(?:医院|住院|治疗|看病|手术|去治|做)")
# 我妈在乌鲁木齐，医保也在那边: the place named before.
INSURED_THERE = re.compile(r"(?:医保|社保|参保)[^,，。;?？]{0,5}(?:那边|那里|那儿|那头|当地|那疙瘩)")
# 我老家高邮的，医保一直在老家交: the old home named before.
INSURED_AT_HOME = re.compile(r"(?:医保|社保|参保)[^,，。;?？]{0,8}老家")
# Between two places that are named in one breath: 杭州和威海, 杭州的医保跟高邮的.
JOINS = re.compile(
    r"[市省区县]?(?:的|参保|医保|职工|居民|人)*\s*(?:和|跟|与|同|或者?|还有|还是|比起?|对比|vs|/|、)\s*(?:在|我妈|我|去|到)?"
)
# 那我妈呢, 我妈的话: the talk turns to her; 那我呢, 回到我自己: back to the one who asks.
ASKED_ABOUT = re.compile(r"(?:那边|自己|本人)?(?:呢|的话|的呢|又)")
MYSELF = re.compile(
    r"(?:那|回到|说回|再说|还是说|回头说|接着说)(?:我|俺)(?=呢|的话|自己|自个|本人|这边|\W|$)|还是说(?:我|俺)(?![妈爸爹娘爷奶姥外老婆公媳家哥姐弟妹儿女闺])|^(?:我|俺)(?=呢|的话|自[己个]儿?(?:是|的医保|医保|在))"
)
WHOSE = re.compile(r"[我俺咱他她妈爸爹娘们子女婆公哥姐弟妹象伴妇父母亲叔舅姨姑婶伯](?:自己|本人|家|呢|那边)?是?$")
MINE_BEFORE, MINE_BEHIND = re.compile(r"[我俺](?:自己|本人)?$"), re.compile(r"^[市区县]?(?:这个(?!医院)|这头|这份)")
FROM_THERE = re.compile(
    r"^[市省区县]?(?:人|退休|的(?!(?:长期|异地|转诊|临时|长住)*(?:备案|登记)|.{0,4}(?:医院|大夫|专家|病)))"
)


def entities_of(text: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The closed entities of a message, in the order they stand in it."""
    readers = (_regions, _dates, _referrals, _proofs, _spans, _rates, _amounts, _stays, _filings)
    entities = [*_phrases(text, found), *(entity for read in readers for entity in read(text))]
    return sorted(entities, key=lambda entity: entity["start"])


def _regions(text: str) -> Iterator[dict[str, Any]]:
    """Places by the division table, all they can mean: 鼓楼区 is in four cities."""
    end, before = None, None
    there, at_home = INSURED_THERE.search(text), INSURED_AT_HOME.search(text)
    mentions = regions.find_in(text)
    last_before = max((m.start for m in mentions if there and m.end <= there.start()), default=None)
    for mention in mentions:
        is_local = all(one.level == "county" for one in mention.regions)
        if mention.start == end and before and is_local and not _may_lie_in(mention, before):
            continue  # 上海瑞金: a hospital's name, no second place
        before = mention
        codes = "|".join(region.code for region in mention.regions)
        cues = {cue: True for cue in _cues(text[:mention.start], text[mention.end:])}
        if end is not None and JOINS.fullmatch(text[end:mention.start]):
            cues["joined"] = True
        if mention.start == last_before or (at_home and "elsewhere" in cues):
            cues["insures"] = True
        end = mention.end
        if cues.get("filed"):
            yield _entity("has_valid_filing", "true", mention.start, mention.end)
        yield _entity(REGION, codes, mention.start, mention.end) | cues


def _may_lie_in(mention: regions.Mention, around: regions.Mention) -> bool:
    return any(regions.is_within(one.code, other.code) for one in mention.regions for other in around.regions)


def _cues(before: str, after: str) -> Iterator[str]:
    """How a place is meant, as far as the words right beside it tell."""
    yield from (
        cue for cue, words in BEFORE_PLACE.items()
        if words.search(before) and not (cue == "filed" and STILL_TO_FILE.search(after))
    )
    yield from (cue for cue, words in BEHIND_PLACE.items() if words.search(after))
    if MINE_BEFORE.search(before) and MINE_BEHIND.search(after):
        yield from ("insures", "own")  # 还是说我高邮这个
    if WHOSE.search(before) and FROM_THERE.search(after):
        yield from ("insures", "hails")  # 我是威海的: less than 医保在威海


def _phrases(text: str, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What the entity ruler matched, each phrase with all its meanings, unless it is denied (不是长期)."""
    for entity in found:
        said = text[entity["start"]:entity["end"]]
        denied = NOT_SAID.search(text[:entity["start"]])
        if denied:
            yield from (
                _entity("not_so", f"{label}={value}", entity["start"], entity["end"])
                for label, value in meanings().get(said, ()) if label == "situation"
            )
        for label, value in () if denied else meanings().get(said, ()):
            if label == SETTLES and not _settles(said, text[:entity["start"]]):
                continue
            found_one = _entity(label, value, entity["start"], entity["end"])
            if label == "person" and ASKED_ABOUT.match(text[entity["end"]:]):
                found_one["asked"] = True
            if label == "stays_long_enough" and OUTRIGHT.search(said):
                found_one["outright"] = True
            yield found_one
    yield from (
        _entity("person", "self", match.start(), match.end()) | {"asked": True} for match in MYSELF.finditer(text)
    )


def _settles(said: str, before: str) -> bool:
    """Whether someone means to stay where they live: 住到济南，不走了; not 腿疼得不走了, 没打算定居."""
    return not NOT_TO_SETTLE.search(before) and (said not in OF_MANY_THINGS or bool(LIVES_THERE.search(before)))


def _proofs(text: str) -> Iterator[dict[str, Any]]:
    """我有大连的居住证: a proof of residence, named with its place."""
    for match in HAS_PROOF.finditer(text):
        yield _entity("has_residence_proof", "true", match.start(), match.end())


def _referrals(text: str) -> Iterator[dict[str, Any]]:
    """转到上海瑞金住院: a referral without the word."""
    for match in REFERRED.finditer(text):
        yield _entity("situation", "referral", match.start(), match.end())


def _dates(text: str) -> Iterator[dict[str, Any]]:
    for match in DATE_PATTERN.finditer(text):
        if OF_A_DOCUMENT.match(text[match.end():]):
            continue
        yield _entity("date", match.group(), match.start(), match.end())


def _rates(text: str) -> Iterator[dict[str, Any]]:
    """Shares that were named (20%, 百分之十, 两成), as rates."""
    for match in RATE.finditer(text):
        number = match["percent"] or match["spoken"] or match["tenths"]
        read = _number(number)
        scale = 10 if match["tenths"] else 1
        value = read * scale / 100 if read is not None else None
        if value is not None and value <= 1:
            yield _entity("claimed_rate", str(value), match.start(), match.end())


def _amounts(text: str) -> Iterator[dict[str, Any]]:
    """Sums of a bill, in yuan, and the fund's rate where it is named as such."""
    for label, value, start, end in (*amounts_in(text), *own_rates_in(text)):
        is_about = ABOUT_SUM.search(text[max(0, start - 3):end + 2])
        yield _entity(label, value, start, end) | ({"about": True} if is_about else {})
    for match in NEGATIVE_SUM.finditer(text):
        number = _number(match["number"])
        if number is not None:
            yield _entity("total_amount", f"-{number:.2f}", match.start("number"), match.end("number"))
    for match in DEDUCTIBLE_PAID.finditer(text):
        yield _entity("deductible_amount", "0.00", match.start(), match.end())


def _stays(text: str) -> Iterator[dict[str, Any]]:
    """Which stay of the year it is."""
    for match in STAY.finditer(text):
        yield _entity("stay_in_year", STAYS[str(match.lastgroup)], match.start(), match.end())


def _filings(text: str) -> Iterator[dict[str, Any]]:
    """Whose filing is to be made, and whether an earlier one goes on."""
    # one sign wide, so that the words around it stay there for whoever asks what else a message says
    yield from (_entity(label, value, at, at + 1) for label, value, at in filing_in(text))


def _spans(text: str) -> Iterator[dict[str, Any]]:
    """Lengths of time, in months."""
    for match in SPAN.finditer(text):
        number = _number(match["number"])
        if number is not None:
            months = int(number) * MONTHS_IN[match["unit"][-1]]
            yield _entity("months", str(months), match.start(), match.end())


def _number(said: str) -> Decimal | None:
    """The number said, in digits or Chinese; None for what looks like one and is none (一十零)."""
    if ABOUT.fullmatch(said):
        said = said[0]  # 五六年, 两三个月: the fewer
    try:
        return Decimal(str(cn2an.cn2an(said.replace("俩", "二").replace("两", "二"), "smart")))
    except (ValueError, KeyError):  # KeyError: cn2an trips over 一十零
        return None


def _entity(label: str, value: str, start: int, end: int) -> dict[str, Any]:
    return {"entity": label, "value": value, "start": start, "end": end, "extractor": CLOSED_VALUES}


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
