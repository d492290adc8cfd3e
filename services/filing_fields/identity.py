"""Name and ID number."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric
from stdnum.exceptions import InvalidComponent

from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import HAN, digits_typed, number_at_the_end, tidy, without_lead
from services.filing_records import FieldProblem

NAME_MIN, NAME_MAX = 2, 20
ID_NUMBER_LENGTH = 18
OLD_ID_NUMBER_LENGTH = 15
ID_DIGITS = "[0-9]{17}[0-9X]"
OLDEST_AGE_YEARS = 130

_NAME_LEAD = "我的?(?:名字|姓名)?(?:叫做?|是)|(?:名字|姓名)(?:叫做?|是)?|本人(?:姓名|叫|是)?|叫"
_ID_LEAD = "(?:我|本人)?的?(?:居民)?(?:身份证件?|证件)(?:的?号码?)?|号码"
_DOTS = re.compile(r"(?<=\S)\s*[•‧・∙⋅●.]\s*(?=\S)")
_HAN_NAME = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)*")
_LATIN_NAME = re.compile(r"[^\W\d_]+(?:[ '.\-·]+[^\W\d_]+)*\.?")
# Said instead of a name; none of it occurs in one.
_NOT_A_NAME = re.compile("不知道|不清楚|不想|不填|不办|取消|算了|什么|怎么|为啥|吗|呢|请问|[?!]")

# Said in passing, and all of the answer: a word of talk, no name.
_JUST_TALK = re.compile(
    "(?:你好|您好|在吗|谢谢|多谢|好|好的|好吧|行|是|是的|对|对的|嗯+|没错|可以|确定|确认|同意|不|不是|不对|不行|没有|不同意"
    "|继续|下一步|返回|上一步|重来|重新开始|帮助|再见|拜拜|喂|哦+|啊+)"
    "[啊呀哦吧了的]?"
)
_PAUSE = re.compile(r"[,。;!]+\s*")
_ASSENT = re.compile("(?:好|好的|好吧|行|是|是的|对|对的|嗯+|哦+|啊+|晓得|知道|明白|懂)[啊呀哦吧了的]*")
# 我, 你, 找, 办 …: talk, hardly a name of this length
_SHORT_NAME = re.compile(f"(?!.*[我你您他她它办找等问换谢稍给算])[{HAN}]{{2,4}}")


def check_name(raw: str, asked: Asked) -> str:
    """The name as on the ID card, dots between parts as ·. No guess at whose it is."""
    text = without_lead(_after_talk(tidy(raw)), _NAME_LEAD).strip(" 。.!,、:")
    if not text:
        raise _name_problem("name_empty")
    if _NOT_A_NAME.search(text) or _JUST_TALK.fullmatch(text):
        raise _name_problem("name_not_a_name")
    if re.search(r"\d", text):
        raise _name_problem("name_has_digits")
    name = _spelled(text)
    if len(name) < NAME_MIN:
        raise _name_problem("name_too_short", minimum=NAME_MIN)
    if len(name) > NAME_MAX:
        raise _name_problem("name_too_long", maximum=NAME_MAX)
    pattern = _HAN_NAME if re.search(f"[{HAN}]", name) else _LATIN_NAME
    if not pattern.fullmatch(name):
        raise _name_problem("name_unreadable")
    return name


def _after_talk(text: str) -> str:
    """The name behind words of assent: 好，张三; all that was said where what follows them may be no name."""
    said = _PAUSE.split(text.strip(" 。!,"))
    while len(said) > 1 and _ASSENT.fullmatch(said[0]):
        said = said[1:]
    is_name = len(said) == 1 and (re.match(_NAME_LEAD, said[0]) or _SHORT_NAME.fullmatch(said[0]))
    return said[0] if is_name else text


def _spelled(text: str) -> str:
    if not re.search(f"[{HAN}]", text):
        return text
    # 张 三 is 张三; in minority names every kind of dot means ·.
    return _DOTS.sub("·", text).replace(" ", "")


def _name_problem(code: str, **details: int) -> FieldProblem:
    return FieldProblem(code, field="name", **details)


def check_id_number(raw: str, asked: Asked) -> str:
    """The 18 characters of a resident ID number, X as a capital.

    The area code is not checked against a list: numbers keep the codes of counties
    dissolved decades ago, residents of Hong Kong, Macao and Taiwan have codes of their
    own (81 to 83), and a gap in our list must not turn a genuine person away.
    """
    text = without_lead(tidy(raw), _ID_LEAD).replace("×", "X").upper()
    number = digits_typed(text)
    if not re.fullmatch(r"[0-9]*X?", number):
        number = _only_id_number_in(number)
    if len(number) == OLD_ID_NUMBER_LENGTH:
        raise _id_problem("id_number_old_form", given=len(number), needed=ID_NUMBER_LENGTH)
    if len(number) != ID_NUMBER_LENGTH:
        raise _id_problem("id_number_wrong_length", given=len(number), needed=ID_NUMBER_LENGTH)
    _check_birth_date(number, asked.today)
    if number[-1] != ric.calc_check_digit(number):
        raise _id_problem("id_number_bad_check_digit")
    return number


def _only_id_number_in(text: str) -> str:
    """The number that a message ends in: 看串行了，是….  Raises where there is none, or it is not surely meant."""
    found = number_at_the_end(text, ID_DIGITS)
    if found is None:
        raise _id_problem("id_number_has_letters")
    return found


def _check_birth_date(number: str, today: date) -> None:
    try:
        born_on = ric.get_birth_date(number)
    except InvalidComponent:
        raise _id_problem("id_number_impossible_birth_date") from None
    if born_on > today:
        raise _id_problem("id_number_birth_in_future")
    if today.year - born_on.year > OLDEST_AGE_YEARS:
        raise _id_problem("id_number_impossible_birth_date")


def _id_problem(code: str, **details: int) -> FieldProblem:
    return FieldProblem(code, field="id_number", **details)
