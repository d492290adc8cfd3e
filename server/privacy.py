"""Keeps private words out of the dialogue: what looks like a number, a name or an address is replaced.

Rasa's tracker never gets a person's text at all (see turns.py); this masks what the history shows.
"""

from __future__ import annotations

import re

from services import masking

ID_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?:\d[ -]?){17}[0-9Xx](?![0-9A-Za-z])|(?<!\d)\d{15}(?!\d)")
BANK_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){15,18}\d(?!\d)")
MOBILE = re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)")
LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")
LONG_NUMBER = re.compile(r"(?<!\d)\d{9,}(?!\d)")
SAID_NAME = re.compile(
    r"(?P<cue>我叫|我名字叫|名字叫|名字是|姓名是|姓名[:：]?|名叫"
    r"|本人(?=[\u4e00-\u9fff]{2,3}[，,。、 ])|我是(?=[\u4e00-\u9fff]{2,3}[，,] ?身份证))"
    r"\s*(?P<name>[\u4e00-\u9fff·]{2,4})"
)
ADDRESS = re.compile(
    r"[\u4e00-\u9fff0-9A-Za-z]{1,18}(?:路|街|大道|胡同|弄|巷|小区|花园|公寓|村)[\u4e00-\u9fff0-9A-Za-z-]{0,12}?"
    r"(?:\d+|[一二三四五六七八九十]+)(?:号|弄|栋|幢|座|单元|室|楼|组)[0-9A-Za-z号栋幢座单元室楼层组-]*"
)
HIDDEN = "〔已隐去〕"


def masked(text: str) -> str:
    """The text with ID numbers, phones, cards, long numbers, said names and addresses masked."""
    text = ID_NUMBER.sub(lambda m: masking.mask_id_number(re.sub(r"[ -]", "", m[0])), text)
    text = BANK_CARD.sub(HIDDEN, text)
    text = MOBILE.sub(lambda m: masking.mask_phone(re.sub(r"\D", "", m[0])[-11:]), text)
    text = LANDLINE.sub(HIDDEN, text)
    text = LONG_NUMBER.sub(HIDDEN, text)
    text = ADDRESS.sub(HIDDEN, text)
    return SAID_NAME.sub(lambda m: m["cue"] + masking.mask_name(m["name"]), text)
