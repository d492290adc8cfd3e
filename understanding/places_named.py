"""The places of a message by the division table, each with the cues that tell how it is meant."""

import re
from collections.abc import Iterator
from typing import Any

from rules_engine import regions
from understanding.vocabulary import REGION, closed_entity

NOT_SAID = re.compile(r"(?:不是|并非|不算|不属于|不去|不在|[没不](?:打算|准备|想(?:要|着)?))(?:说|在|去|到)?$")
HOUSEHOLD = "(?:户口|户籍|戶口)"
# What stands right before or behind a place tells how it is meant.
BEFORE_PLACE = {
    "denied": NOT_SAID,
    "comes": re.compile(r"[来]$"),
    "moves": re.compile(r"(?:[去到上往来奔赴待飞跑]|转院?[到去]?)$"),
    "leaves": re.compile(r"[从由打]$"),
    "returns": re.compile(r"回(?:到|来|去)?$"),
    "insures": re.compile(
        r"(?:参保地?|医保卡?|医报|社保卡?|保险|关系|农合)(?:还|都|也|就|早就?|已经|以前|之前|原来|原先|过去|后来|一直|单位|是单位|是|倒|其实|本来|现在)*"
        r"(?:在|是|属|系|喺|交在|落在|办在|转到|转去|转在|迁到)?$"
    ),
    "stays": re.compile(r"(?:在|喺|住|住到|派到|嫁到|调到|搬到|送到|转到|人在)$"),
    "elsewhere": re.compile(rf"(?:老家|{HOUSEHOLD}|籍贯|娘家|婆家|出生地?)(?:还|都|就|也|一直)*(?:是|在)?$"),
    "household": re.compile(rf"{HOUSEHOLD}(?:还|都|就|也|一直|已经)*(?:是|在|属|迁到|迁去|迁往|迁|落在|落到|转到)?$"),
    "heads": re.compile(r"^\W*$"),
    # 长期备案在西安, 备案长住上海: the filing is made, and this is its place; not 备案在哪里办
    "filed": re.compile(
        r"(?<![要想把])(?<!申请)(?<!办理)备了?案(?:登记|关系|地)?(?:长住|长期|了|好)?(?:是|在|到|的是)?$|(?<![准具])备(?:的是|的|到|在|去)$"
    ),
    # 原来高邮医保，今年转到乌鲁木齐参保了
    "former": re.compile(r"(?:原来|以前|之前|原先|过去|早先)(?:在|是|交在)?$"),
    "own": re.compile(r"[我俺咱](?:自己|本人)?是(?:山东|浙江|江苏|新疆)?$"),
}
BEHIND_PLACE = {
    "beyond": re.compile(r"^省?以?外"),
    "visits": re.compile(r"^[市省区县]?.{0,3}?(?:看病|看个病|住院|就医|就诊|治疗|治病|看门诊|手术|买药|挂号)"),
    "theirs": re.compile(
        r"^[市省区县]?(?:医保)?的?(?:呢|的话|规定|政策|怎么|是怎么|那边呢|又|没备案|没登记|不备案)"
        r"|^[市省区县]?的[^,，。;?？]{0,5}(?:备案|登记|转诊|门诊|报销)呢"
    ),
    # 高邮转诊材料, as agents type; not 杭州呢, 杭州看病, 杭州的医院
    "labels": re.compile(
        r"^[市省区县]?(?!$|呢|的话|那|也|行|可以|吧|吗|啊|看|住|就医|治|医院|的医|的大|的专|的病|有|那边|这边)"
    ),
    "filed": re.compile(r"^[市省区县]?备案(?:后|了|住院|住着|看病)"),  # 在成都备案住院
    "elsewhere": re.compile(rf"^[市省区县]?的?(?:{HOUSEHOLD}|老家)"),
    "insures": re.compile(
        # the last: 乌鲁木齐的慢病门诊在外地能刷吗
        r"^(?:市区|城区|县城|[市省区县])?(?:这边|那边|当地|本地)?(?:的|嘅|交的|上的|入的)?(?:城镇|城乡|农村|退休|老年|灵活就业)*"
        r"(?:[职桌]工|居民)?(?:窗口|医保局|大厅|柜台|交|缴|医保|社保|农合|新农合|参保|医疗保险|保险|合作医疗|职工|居民|医报|社报)"
        r"|^[市省区县]?的[^,，。;?？]{2,8}(?:在|到|去)外[地面]"
    ),
}
# 备案在上海要什么材料: a filing that is still to be made.
STILL_TO_FILE = re.compile(r"^[市省区县]?(?:要|需|怎|咋|办|行不|可|能|得|吗|的话)")
# 我妈在乌鲁木齐，医保也在那边: the place named before.
# not 先得去医保那边备案: that is the office
INSURED_THERE = re.compile(
    r"(?<![去到找跟向问给上])(?:医保|社保|参保)[^,，。;?？]{0,5}(?:那边|那里|那儿|那头|当地|那疙瘩)(?!备案|登记|报备|问|办|说)"
)
# 我老家高邮的，医保一直在老家交: the old home named before.
INSURED_AT_HOME = re.compile(r"(?:医保|社保|参保)[^,，。;?？]{0,8}老家")
# Between two places that are named in one breath: 杭州和威海, 杭州的医保跟高邮的.
JOINS = re.compile(
    r"[市省区县]?(?:的|参保|医保|职工|居民|人)*\s*(?:和|跟|与|同|或者?|还有|还是|比起?|对比|vs|/|、)\s*(?:在|我妈|我|去|到)?"
)
WHOSE = re.compile(
    r"(?:[丈爱老家]人|[我俺咱他她妈爸爹娘们子女婆公哥姐弟妹象伴妇父母亲叔舅姨姑婶伯])(?:自己|本人|家|呢|那边)?(?:同样|也|都)?是?$"
)
MINE_BEFORE, MINE_BEHIND = re.compile(r"[我俺](?:自己|本人)?$"), re.compile(r"^[市区县]?(?:这个(?!医院)|这头|这份)")
FROM_THERE = re.compile(
    r"^[市省区县]?(?:人|退休|的(?!(?:长期|异地|转诊|临时|长住)*(?:备案|登记)|.{0,4}(?:医院|大夫|专家|病)))"
)
# 杭州医保在威海打工: what stands before it says where the insurance is, and this is where somebody is
INSURED_BEFORE = re.compile(
    r"(?:[市区县]|市?的)?(?:城乡|城镇)?(?:职工|居民|少儿|学生|退休)*(?:医保|社保|参保|新?农合|保险)(?:的|人|的人)?(?:在|去|到)"
)
MOVED_TO = re.compile(r"(?:换|转|迁|挪)(?:到|去|回|成)了?$")
# 碰到一个绍兴来的老头: where somebody in passing is from
OF_A_STRANGER = re.compile(r"^[市省区县]?来的?(?:老[头乡太师板]|同[事学乡]|朋友|亲戚|客人?|大夫|专家|邻居|旅|游)")
# 社保卡在重庆住院刷不出: where the card was used, not where it is from
CARD_USED = re.compile(r"卡[^,，。;?？]{0,2}在$")
USED_THERE = re.compile(r"^[^,，。;?？]{0,4}?(?:住院|看病|医院|结账|刷|买药)")


def places_named(text: str) -> Iterator[dict[str, Any]]:
    """Places by the division table, all they can mean: 鼓楼区 is in four cities."""
    end, before, was_elsewhere = None, None, False
    there, at_home = INSURED_THERE.search(text), INSURED_AT_HOME.search(text)
    mentions = regions.find_in(text)
    last_before = max((m.start for m in mentions if there and m.end <= there.start()), default=None)
    for mention in mentions:
        is_local = all(one.level == "county" for one in mention.regions)
        if mention.start == end and before and is_local and not _may_lie_in(mention, before):
            continue  # 上海瑞金: a hospital's name, no second place
        if OF_A_STRANGER.search(text[mention.end:]):
            continue
        before = mention
        codes = "|".join(region.code for region in mention.regions)
        cues = {cue: True for cue in _cues(text[:mention.start], text[mention.end:])}
        if end is not None and JOINS.fullmatch(text[end:mention.start]):
            cues["joined"] = True
        if end is not None and INSURED_BEFORE.fullmatch(text[end:mention.start]):
            cues.pop("insures", None)
        if mention.start == last_before or (at_home and "elsewhere" in cues):
            cues["insures"] = True
        if was_elsewhere and MOVED_TO.search(text[:mention.start]):
            cues["insures"] = True
        was_elsewhere = was_elsewhere or bool(cues.get("former") and cues.get("insures"))
        end = mention.end
        if cues.get("filed"):
            yield closed_entity("has_valid_filing", "true", mention.start, mention.end)
        yield closed_entity(REGION, codes, mention.start, mention.end) | cues


def _may_lie_in(mention: regions.Mention, around: regions.Mention) -> bool:
    return any(regions.is_within(one.code, other.code) for one in mention.regions for other in around.regions)


def _cues(before: str, after: str) -> Iterator[str]:
    """How a place is meant, as far as the words right beside it tell."""
    is_used_there = CARD_USED.search(before) and USED_THERE.search(after)
    untold = {"filed" if STILL_TO_FILE.search(after) else None, "insures" if is_used_there else None}
    yield from (cue for cue, words in BEFORE_PLACE.items() if words.search(before) and cue not in untold)
    yield from (cue for cue, words in BEHIND_PLACE.items() if words.search(after))
    if MINE_BEFORE.search(before) and MINE_BEHIND.search(after):
        yield from ("insures", "own")  # 还是说我高邮这个
    if WHOSE.search(before) and FROM_THERE.search(after):
        yield from ("insures", "hails")  # 我是威海的: less than 医保在威海
