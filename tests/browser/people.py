"""Invented people, and how they fill in a filing."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from chat_page import ChatPage
from stdnum.cn import ric

# Invented: the check digits are right, the people do not exist.
NAME = "欧阳测试"
ID_NUMBER = "371002199001011237"
WRONG_ID_NUMBER = "371002199001011238"
PHONE, OTHER_PHONE = "13812345678", "13912345678"
ADDRESS = "南京市玄武区中山路999号"
AGENT, AGENT_ID_NUMBER = "代办甲", "11010519491231002X"
HOSPITAL = "北京某某医院"
PROVINCE, CITY, CITY_CODE = "江苏省", "南京市", "320100"
PRIVATE = (NAME, ID_NUMBER, PHONE, OTHER_PHONE, ADDRESS)
CHINA_TIME = timezone(timedelta(hours=8))
_others = itertools.count(1)


@dataclass(frozen=True)
class Person:
    """Whom a filing is for. They all have the same name."""

    id_number: str = ID_NUMBER
    phone: str = PHONE

    @property
    def last_four(self) -> str:
        return self.id_number[-4:]


SOMEONE = Person()


def someone_else() -> Person:
    """Somebody who has filed nothing yet: the same twice is refused."""
    number = next(_others)
    body = f"37100219500101{number:03}"
    return Person(body + ric.calc_check_digit(body + "0"), f"137{number:08}")


def in_days(days: int) -> date:
    """The day so many days from now, in China."""
    return datetime.now(CHINA_TIME).date() + timedelta(days=days)


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def begin_filing(chat: ChatPage) -> str:
    """办长期备案 in 威海 up to the first field of the person; the question for it."""
    assert "参保" in chat.say("我要办长期备案")
    assert "哪个市" in chat.press("威海")
    return say_where_and_for_whom(chat)


def say_where_and_for_whom(chat: ChatPage) -> str:
    """Place, length of stay and for whom, where one is insured being known; the question for the name."""
    assert "6个月以上" in chat.pick_region(PROVINCE, CITY)
    assert "本人" in chat.press("6个月以上")
    return chat.press("本人")


def fill_who(chat: ChatPage, who: Person = SOMEONE) -> str:
    """Name, ID number and phone; the question after them."""
    chat.fill("name", NAME)
    chat.fill("id_number", who.id_number)
    return chat.fill("phone", who.phone)


def fill_where(chat: ChatPage, day: str) -> str:
    """Reason, day and address; the review. `day` is an ISO date."""
    chat.press("投靠亲属")
    chat.fill("starts_on", day)
    return chat.fill("address", ADDRESS)


def file_at_once(chat: ChatPage, who: Person) -> str:
    """长住外地 from 杭州 to 北京, which nobody has to confirm; the receipt."""
    chat.say("我是杭州医保，我要办长期备案")
    chat.pick_region("北京市")
    chat.press("都不是")
    chat.press("本人")
    fill_who(chat, who)
    chat.press("外出务工")
    chat.press("都对")
    chat.press("我已读完并同意")
    return chat.sign_by_typing(NAME)


def up_to_the_paper(chat: ChatPage, who: Person = SOMEONE) -> str:
    """转外就医 from 高邮 to 南京, whose only paper is now asked for; the question for it."""
    chat.say("我是高邮医保，我要办转诊备案")
    chat.pick_region(PROVINCE, CITY)
    chat.press("本人")
    fill_who(chat, who)
    return chat.fill("starts_on", in_days(3).isoformat())


def up_to_the_residence_proof(chat: ChatPage, who: Person) -> str:
    """异地居住 from 高邮 to 南京, whose only paper is now asked for; the question for it."""
    chat.say("我是高邮医保，我要办长期备案")
    chat.pick_region(PROVINCE, CITY)
    chat.press("本人")
    fill_who(chat, who)
    chat.press("异地长期居住")
    return chat.fill("starts_on", in_days(3).isoformat())
