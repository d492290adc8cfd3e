"""Names, ID numbers and phones in what someone typed in one go, and whose they are: 我妈叫…，身份证…，我是她女儿."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services import masking
from services.filing_records import AGENT_FIELDS

NAME, ID_NUMBER, PHONE, RELATION = "name", "id_number", "phone", "relation"
SPEAKER, ANOTHER = "speaker", "another"
ADDRESS, HOSPITAL, SIGNATURE = "address", "hospital", "signature"
LONGEST_NAME = 4  # characters of one without dots; a longer one is asked
_AGENTS = {NAME: "agent_name", ID_NUMBER: "agent_id_number", RELATION: "agent_relation", PHONE: PHONE}
_ASKED_AS = {"agent_name": NAME, "agent_id_number": ID_NUMBER, "agent_relation": RELATION}
_GAP = r"[\s\-－—–.·_]?"
# No ID number: 住院号2024…, 社保卡号6217…. One of another length, only where it is called one.
_ID = re.compile(
    rf"(?<![0-9A-Za-z])(?<!卡)(?<!卡号)(?<!单号)(?<!院号)(?<!票号)(?<!历号)(?<!案号)(?<!卡号[是:：])"
    rf"(?:\d(?:{_GAP}\d){{16}}{_GAP}[0-9Xx×](?![0-9A-Za-z])|(?:(?<=身份证)|(?<=身份证号)|(?<=身份证[是:：])|(?<=证号[是:：]))"
    r"\d{14,20}[Xx×]?(?![0-9A-Za-z]))"
)
# A mobile number: a fixed one is an office's or a hospital's as often as anybody's.
_PHONE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d(?:{_GAP}\d){{8}}(?![\d块元])")
_KIN = (
    "爸爸?|妈妈?|父亲|母亲|爹|娘|老公|老婆|丈夫|妻子|对象|爱人|老伴|媳妇|儿子|女儿|闺女|丫头|姑娘|孩子|宝宝|孙子|孙女|爷爷|奶奶"
    "|外公|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|哥哥?|姐姐?|弟弟?|妹妹?|老人家?|老爷子|老太太|侄子|侄女|外甥女?|邻居|朋友|同事"
)
_THEM = rf"(?:(?:[我俺咱](?:家|们)?)?(?:{_KIN})|[她他]|参保人|患者|病人)"
_ME = r"(?:[我俺咱](?:自己|本人|自个儿?)?(?=[的是叫姓名身电手证号：:，, ]|$)|本人|(?:代办|经办)人)"
_RELATION = re.compile(
    rf"(?:[我俺]是[^，,。；;]{{0,6}}?|(?:代办|经办)人(?:是|[:：])?)[大小二三亲]?(?P<relation>{_KIN})"
    r"|(?<=[，, ])(?P<alone>儿子|女儿|老公|老婆)(?=[，, ])"
)
_WHOSE = re.compile(rf"(?P<another>{_THEM})|(?P<speaker>{_ME})")
_HAN_NAME = r"[\u4e00-\u9fff]{1,10}(?:[·•．‧・][\u4e00-\u9fff]{1,10})+|[\u4e00-\u9fff]{2,}"
_NO_NAME = r"(?![叫了不什怎要写填是的有没在呢吗哪谁错对跟和参自退一我你您他她人医院电手身号码备])"
_CUED = re.compile(
    r"(?:(?<![医院生费这那])叫做?|(?:姓名|名字|大名)(?:[^\d，。,；;我你他她]{0,5}[！!，, ]{0,2}(?:是|叫|为))?)[:：\s]*"
    rf"{_NO_NAME}(?P<name>{_HAN_NAME})"
)
# With nothing that calls it a name, only where one stands: 我妈，赵玉霞，6501…; 代办人：我，王晓倩.
_BEFORE_A_NUMBER = r"(?=[，,、：:\s]*(?:的?身份|证件|[证證]号|[电電][话話]|手机|联系|\d{11}))"
_STANDING = re.compile(
    rf"(?:(?:^|[，,。；;：:！!\s]|{_THEM}|{_ME}){_NO_NAME}(?P<name>{_HAN_NAME}?){_BEFORE_A_NUMBER}"
    rf"|{_ME}我?[，,：:]\s*{_NO_NAME}(?P<told>{_HAN_NAME})(?=[，,。；;\s]|$))"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章"
    "鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟"
    "艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄"
    "丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练"
    "廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银"
    "亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由"
)
_NO_PERSON = re.compile("高血|冠心|糖尿|银行|社保|医保|异地|常驻|长期|单位")
_RUNS_ON = re.compile("身份|证件|电话|手机|联系|下|的|今年|女|男|号")
_TAIL = re.compile("[哈啊呀哦呢吧嘛的了]+$")


@dataclass(frozen=True)
class Particular:
    """One of them: NAME, ID_NUMBER, PHONE or RELATION (of the speaker to the other); whose; where it stands."""

    what: str
    whose: str | None  # SPEAKER, ANOTHER, None where the message doesn't tell
    text: str
    start: int


def particulars_said(text: str) -> tuple[Particular, ...]:
    """What a message tells, in its order; () where it tells nothing of the kind."""
    numbers = [(ID_NUMBER, m.start(), m[0]) for m in _ID.finditer(text)]
    taken = [(start, start + len(said)) for _, start, said in numbers]
    numbers += [(PHONE, m.start(), m[0]) for m in _PHONE.finditer(text) if not _is_inside(m.start(), taken)]
    relations = list(_RELATION.finditer(text))
    told = [(match.start(), match.end()) for match in relations]
    found = [*numbers, *((NAME, start, name) for start, name in _names(text, told))]
    whose = _owners(text, relations, told)
    for match in relations:
        group = "relation" if match["relation"] else "alone"
        found.append((RELATION, match.start(group), match[group]))
    in_order = sorted(found, key=lambda one: one[1])
    return tuple(Particular(what, _owner_at(start, whose), said, start) for what, start, said in in_order)


def are_enough(said: tuple[Particular, ...], step: str | None) -> bool:
    """Whether a message at that step tells more than what was asked, or something else; None: before any step."""
    told = [one for one in said if one.what != RELATION]
    asked = _ASKED_AS.get(step or "", step)
    if len(told) != 1 or asked in (ADDRESS, HOSPITAL, SIGNATURE):
        return len(told) > 1
    return told[0].what != asked or asked == NAME  # a name alone was called one: 名字错了，是徐志衡


def are_private(said: tuple[Particular, ...]) -> bool:
    """Whether they tell who somebody is: an ID number, or a name with a phone. A phone alone may be an office's."""
    kinds = {one.what for one in said}
    return ID_NUMBER in kinds or {NAME, PHONE} <= kinds


def assigned(
    said: tuple[Particular, ...], fields: Mapping[str, str], step: str
) -> tuple[list[tuple[str, str]], tuple[Particular, ...]]:
    """The fields of a draft that they fill, and those of which can't be told yet whose they are.

    So where it is open for whom the filing is, or where it is for oneself and somebody else is told of. Of two values
    for one field neither is taken: whose is whose was not understood.
    """
    filled: list[tuple[str, str]] = []
    left = []
    filed_for = fields.get("filed_for")
    if filed_for == "self" and any(one.whose == ANOTHER and one.what in (NAME, ID_NUMBER) for one in said):
        return [], said
    for one in said:
        if filed_for is None and (one.whose or one.what == RELATION):
            left.append(one)
        elif filed_for == "family":
            is_agents = one.whose == SPEAKER or (one.whose is None and step in AGENT_FIELDS)
            field = _AGENTS.get(one.what) if is_agents or one.what == RELATION else one.what
            filled += [(field, one.text)] if field else []
        elif one.what != RELATION and one.whose != ANOTHER:
            filled.append((one.what, one.text))
    told_once = [(field, text) for field, text in filled if len({t for f, t in filled if f == field}) == 1]
    return list(dict.fromkeys(told_once)), tuple(left)


def shown(said: tuple[Particular, ...]) -> str:
    """The message as the history shows it: what was told, masked, and no word around it, which may name somebody."""
    masks = {NAME: masking.mask_name, ID_NUMBER: _mask_number, PHONE: _mask_number}
    return " ".join(masks[one.what](one.text) if one.what in masks else one.text for one in said)


def _mask_number(text: str) -> str:
    digits = re.sub("[^0-9Xx]", "", text)
    return masking.mask_id_number(digits) if len(digits) > 11 else masking.mask_phone(digits)


def _is_inside(place: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in stretches)


def _names(text: str, told: list[tuple[int, int]]) -> Iterator[tuple[int, str]]:
    """Where names begin, and they; none in the stretches that tell a relation."""
    seen: set[int] = set()
    for pattern, needs_surname in ((_CUED, False), (_STANDING, True)):
        for match in pattern.finditer(text):
            run = match.lastgroup or "name"
            name, start = _cut(match[run]), match.start(run)
            is_none = re.fullmatch(_THEM, name) or _NO_PERSON.match(name)
            if len(name) < 2 or start in seen or _is_inside(start, told) or is_none:
                continue
            if not needs_surname or (name[0] in _SURNAMES or "·" in name):
                seen.add(start)
                yield start, name


def _cut(run: str) -> str:
    """The name at the beginning of what may run on: 张雨泽下雨的雨恩泽的泽. "" where its end can't be told."""
    if re.search("[·•．‧・]", run):
        return run
    run = _TAIL.sub("", _RUNS_ON.split(run)[0])
    return run if len(run) <= LONGEST_NAME else ""


def _owners(text: str, relations: list[re.Match[str]], told: list[tuple[int, int]]) -> list[tuple[int, str]]:
    """From where on which person is spoken of."""
    owners = [(match.end(), SPEAKER) for match in relations if match["relation"]]
    for match in _WHOSE.finditer(text):
        if not _is_inside(match.start(), told):
            owners.append((match.end(), ANOTHER if match["another"] else SPEAKER))
    return sorted(owners)


def _owner_at(place: int, owners: list[tuple[int, str]]) -> str | None:
    return next((whose for start, whose in reversed(owners) if start <= place), None)
