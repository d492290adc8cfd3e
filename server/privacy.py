"""Keeps private words out of the dialogue: what looks like a number, a name or an address is replaced.

Rasa's tracker never gets a person's text at all (see turns.py); this masks what the history shows.
"""

from __future__ import annotations

import re

from services import masking

HIDDEN = "〔已隐去〕"
GAP = r"[\s\-－—–.·_]?"  # what people put between groups of digits
FILING_NUMBER = r"(?!\d{6}-\d{6}-\d{4}-\d{4}-\d(?!\d))"  # our own number is no secret to its owner
ID_NUMBER = re.compile(rf"(?<![0-9A-Za-z]){FILING_NUMBER}(?:\d{GAP}){{17}}[0-9Xx](?![0-9A-Za-z])|(?<!\d)\d{{15}}(?!\d)")
# Groups of four or six only: 2022-01-01 2022-12-31 is no card.
BANK_CARD = re.compile(
    rf"(?<!\d){FILING_NUMBER}(?:\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}{GAP}\d{{4}}(?:{GAP}\d{{1,3}})?|\d{{6}}{GAP}\d{{10,13}})(?!\d)"
)
MOBILE = re.compile(rf"(?<!\d)(?:\+?86{GAP})?1[3-9]\d(?:{GAP}\d){{8}}(?!\d)")
OTHER_NUMBERS = (
    re.compile(rf"(?<!\d)[(（]?0\d{{2,3}}[)）]?{GAP}\d{{7,8}}(?!\d)"),  # landline
    re.compile(r"(?<=电话|座机|号码)[是:：\s]*\d{7,8}(?!\d)"),  # without its area code
    re.compile(r"(?<!\d)\d{9,}(?!\d)"),
    re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,2}\d{7,10}(?![0-9A-Za-z])"),  # passports, old insurance cards
    re.compile(r"[零〇一幺二三四五六七八九]{9,}"),  # read aloud
    re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,64}\.){1,5}[A-Za-z]{2,}"),
)
ADDRESS = re.compile(
    r"[\u4e00-\u9fff0-9A-Za-z]{1,18}(?:路|街|大道|胡同|弄|巷|小区|花园|公寓|村|园|苑)[\u4e00-\u9fff0-9A-Za-z-]{0,12}?"
    r"(?:\d+|[一二三四五六七八九十]+)(?:号|弄|栋|幢|座|单元|室|楼|组)[0-9A-Za-z号院栋幢座单元室楼层组弄-]*"
)
RELATIVE = "爸|妈|父亲|母亲|爷爷|奶奶|姥姥|姥爷|老公|老婆|丈夫|妻子|爱人|老伴|儿子|女儿|闺女|孩子|他|她"
SAID_NAME = re.compile(
    rf"(?P<cue>我叫|(?:{RELATIVE})叫|名字叫|名字是|姓名是|姓名[:：]?|名叫|(?:参保人|患者|病人)[:：]"
    r"|本人(?=[\u4e00-\u9fff]{2,3}[，,。、 ])|我是(?=[\u4e00-\u9fff]{2,3}[，,] ?(?:我的?)?身份证))"
    r"(?P<gap>\s*)(?![了不什怎要写填是的有没在呢吗哪谁错对跟和参自退一])"
    r"(?P<name>[\u4e00-\u9fff]{1,8}(?:[·•．.][\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff]{2,4})"
)


def masked(text: str) -> str:
    """The text with ID numbers, phones, cards, long numbers, said names and addresses masked."""
    text = ID_NUMBER.sub(lambda m: masking.mask_id_number(re.sub(r"[^0-9Xx]", "", m[0])), text)
    text = BANK_CARD.sub(HIDDEN, text)
    text = MOBILE.sub(lambda m: masking.mask_phone(re.sub(r"\D", "", m[0])[-11:]), text)
    for numbers in OTHER_NUMBERS:
        text = numbers.sub(HIDDEN, text)
    text = ADDRESS.sub(HIDDEN, text)
    return SAID_NAME.sub(lambda m: m["cue"] + m["gap"] + masking.mask_name(m["name"]), text)
