"""Why someone will live elsewhere, from everyday words."""

from __future__ import annotations

import re

from services.filing_fields.asked import Asked
from services.filing_fields.typed_text import tidy
from services.filing_records import FieldProblem

_WORDS = {
    "return_to_native_place": "原籍|老家|故乡|家乡|回乡|返乡|祖籍|户口(?:就|还)?在|户籍|落叶归根|回农村",
    "joining_relatives": (
        "投靠|投奔|亲属|亲戚|亲人|家人|家属|随迁|团聚|闺女|女儿|姑娘|儿子|儿媳|媳妇|女婿|孩子|娃|孙"
        "|子女|老伴|爱人|老公|老婆|丈夫|妻子|对象|结婚|父母|爸|妈|哥|姐|弟|妹"
    ),
    "posted_by_employer": "(?:公司|单位|厂里?|老板|领导|集团|企业|组织)(?:外)?(?:派|调|安排|让)|外派|派驻|驻外|派去|派到|派往|调到|调去|工作调动|挂职|分公司",
    "relocated_in_retirement": "退休|安置|养老|定居|户口迁",
    "living_elsewhere": "长期居住|常住|长住|一直住|住在|居住|买了?房|定居",
    "student_other_campus": "校区|分校",
    "student_holidays": "寒假|暑假|寒暑假|放假|假期",
    "student_sick_leave": "休学|病休",
    "student_internship": "实习",
    "working_away": "打工|务工|上班|工作|做生意|做买卖|干活|挣钱|赚钱|就业|创业|开店|经商|找活|应聘",
}
# What one does for relatives: then work is what the relatives do (儿子在青岛上班，我去带孙子).
_FOR_RELATIVES = re.compile("带孙|带(?:外孙|孩子|娃)|看(?:孙|孩子|娃)|照顾|照看|帮.{0,4}带|投靠|投奔|团聚|一起住|同住|家里?住|去住")


def check_reason(raw: str, asked: Asked) -> str:
    """One of the kind's reasons; what fits two of them is asked back, not guessed."""
    text, reasons = tidy(raw), asked.kind.reasons
    for reason, title in reasons.items():
        if text in (reason, title):
            return reason
    found = [reason for reason in _reasons_in(text) if reason in reasons]
    if not found:
        raise FieldProblem("reason_unknown", field="reason", options=tuple(reasons.items()))
    if len(found) > 1:
        options = tuple((reason, reasons[reason]) for reason in found)
        raise FieldProblem("reason_ambiguous", field="reason", options=options)
    return found[0]


def _reasons_in(text: str) -> list[str]:
    found = [reason for reason, words in _WORDS.items() if re.search(words, text)]
    # Someone posted by an employer also works there, and says so.
    covered = "posted_by_employer" in found or _FOR_RELATIVES.search(text)
    if len(found) > 1 and covered and "working_away" in found:
        found.remove("working_away")
    return found
