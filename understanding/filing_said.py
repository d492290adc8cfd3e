"""Whose filing a message is about, and whether an earlier one goes on: 给我妈办个转诊, 给我自己备案, 续一下备案."""

import re
from collections.abc import Iterator
from functools import cache

from understanding.vocabulary import meanings

FAMILY, SELF, RENEWAL = ("filed_for", "family"), ("filed_for", "self"), ("purpose", "renew")
# People whom the vocabulary's list leaves out, because it tells whose case is whose and these tell nobody's.
OTHERS = (
    "孩子", "娃儿", "娃", "宝宝", "小孩", "姑娘", "幺儿", "孙子", "孙女", "外孙", "老人家", "老人", "家里人", "家人",
    "家属", "老太太", "老爷子", "老头子", "老头儿", "老头", "老父亲", "老母亲", "老爹", "老汉儿", "老汉", "老窦",
    "姆妈", "老两口", "亲家", "儿媳妇", "儿媳", "女婿", "病人", "患者", "员工", "他们", "她们", "他", "她", "佢", "伊",
)
FILES = r"(?:办|备|登|报备|申请|提交|弄|整|搞|填|补|续|开通|做(?![饭主菜]))"
KINDS = r"(?:异地|跨省|转诊|长期|临时|急诊|住院|医保)*"
# 给儿子带孩子，要备案; 闺女让我备案: what is done there is no filing of theirs
NOT_THEIRS = r"(?:带|照[看顾]|哄|伺候|做[饭主菜]|看(?:孩|娃|孙|家|店|门)|[我俺])"
# 去儿子家看病, 儿子叫去复查: somebody else is ill
NOT_ILL = rf"(?:{NOT_THEIRS}|让|叫|说|家|[那这][边里儿]|[身旁]边|陪)"
FALLS_ILL = (
    r"(?:住院|住进|住着院|看个?病|手术|开刀|转院|转诊|转外|急诊|抢救|化疗|放疗|复查|查出|确诊|摔|中风|心梗|脑梗|脑出血"
    r"|犯病|发病|病了|病倒|晕倒|躺在|人在医院|搭桥)"
)
DENIED = re.compile(r"(?:不是|并非|不用|别)$")
FOR_ONESELF = re.compile(
    rf"[给帮替为](?:我|俺)?(?:自己|本人|自个儿?)[^,。;?!]{{0,10}}?{FILES}"
    rf"|(?:我|俺)?(?:自己|本人|个人)的{KINDS}(?:备案|登记)"
    r"|是(?:我|俺)?(?:自己|本人)(?:的|要?(?:备案|登记|办))"
    r"|(?:^|,)我?本人(?:要|想|需|现)?(?:办理?|申请|登记|备案)"
    r"|先给(?:我|俺)(?:办|备|登)"
    r"|^(?:那|就|是|给|帮|替|办|我|俺)*(?:自己|本人|自个儿?|个人)(?:的|办|备案?|一个|事|来)*[,。!啊吧嘛呀了]*$"
)
RENEWS = re.compile(
    r"(?<![手后继连陆持延存接])续(?:一下|一哈|[一两]年|上|办|备|期|个|签|返|转诊|$|(?=[,。!啊吧了呗嘛]))|接着备|再续"
)


def filing_in(text: str) -> Iterator[tuple[str, str, int]]:
    """What a message says of a filing to be made, each as label, value and where it begins.

    `filed_for`: `family` or `self`; nothing where it speaks of both, or of neither clearly. `purpose`: `renew`.
    """
    for_another, for_oneself = _said(_for_another(), text), _said(FOR_ONESELF, text)
    if for_another and not for_oneself:
        yield (*FAMILY, for_another.start())
    if for_oneself and not for_another:
        yield (*SELF, for_oneself.start())
    renewed = _said(RENEWS, text)
    if renewed:
        yield (*RENEWAL, renewed.start())


def _said(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The first match that is not denied: 不是给我自己办."""
    return next((match for match in pattern.finditer(text) if not DENIED.search(text[:match.start()])), None)


@cache
def _for_another() -> re.Pattern[str]:
    """Somebody else's filing: made for them, theirs, or theirs by the illness that it is for."""
    kin = {phrase for phrase, said in meanings().items() if any(label == "person" for label, _ in said)}
    kin -= {phrase for phrase, said in meanings().items() if ("person", "self") in said}
    one = "(?:" + "|".join(sorted({*kin, *OTHERS}, key=len, reverse=True)) + ")"
    them = rf"(?:[我俺咱]们?|阿拉)?(?:屋头|家里|家)?的?{one}(?:[和跟与、]?[我俺]?{one}){{0,2}}"
    return re.compile(
        rf"(?<![交寄送转还发])[给帮替代为]{them}(?:(?:(?!{NOT_THEIRS})[^,。;?!]){{0,14}}?{FILES}|(?=,|$))"
        rf"|{them}(?:那?份|自己)?的?{KINDS}(?:备案|登记)"
        rf"|{them}[也就]?(?:要|想|得|需要|打算)去?{FILES}"
        rf"|(?<![跟和与同去到在来奔找])(?:[我俺]家?)?{one}(?:(?!{NOT_ILL})[^,。;?!]){{0,10}}?{FALLS_ILL}"
        r"|(?:家属|家人|子女|人事|单位)代(?:办|其|为)"
    )
