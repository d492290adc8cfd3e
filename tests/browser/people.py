"""An invented person, and how they fill in a filing."""

from __future__ import annotations

from chat_page import ChatPage

# Invented: the check digit is right, the person does not exist.
NAME = "欧阳测试"
ID_NUMBER = "371002199001011237"
WRONG_ID_NUMBER = "371002199001011238"
PHONE, OTHER_PHONE = "13812345678", "13912345678"
ADDRESS = "南京市玄武区中山路999号"
PROVINCE, CITY, CITY_CODE = "江苏省", "南京市", "320100"
PRIVATE = (NAME, ID_NUMBER, PHONE, OTHER_PHONE, ADDRESS)


def begin_filing(chat: ChatPage) -> str:
    """办长期备案 up to the first field; the question for it."""
    assert "参保" in chat.say("我要办长期备案")
    chat.press("威海")
    return chat.press("6个月以上")


def fill_who(chat: ChatPage) -> None:
    """Name, ID number and phone."""
    chat.fill("name", NAME)
    chat.fill("id_number", ID_NUMBER)
    chat.fill("phone", PHONE)


def fill_where(chat: ChatPage, day: str) -> str:
    """Place, reason, day and address; the review. `day` is an ISO date."""
    chat.pick_region(PROVINCE, CITY)
    chat.press("投靠亲属")
    chat.fill("starts_on", day)
    return chat.fill("address", ADDRESS)
