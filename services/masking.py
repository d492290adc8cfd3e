"""Sensitive values as they may be shown: enough to recognise one's own, no more."""

from __future__ import annotations

import re

_STAR = "*"
# Up to the city, which the treatment region tells anyway; street words end the search,
# so that 市 inside a street's name (菜市街) never pulls the street along.
_CITY = re.compile(r"^[^路街号村楼镇乡道巷]{2,15}?(?:自治州|地区|盟|市)")


def mask_name(name: str) -> str:
    """张三丰 → 张**."""
    return name[:1] + _STAR * max(len(name) - 1, 1)


def mask_id_number(id_number: str) -> str:
    """371002199001011234 → 371***********1234: the province and the last four."""
    return id_number[:3] + _STAR * (len(id_number) - 7) + id_number[-4:]


def mask_phone(phone: str) -> str:
    """13812345678 → 138****5678; 0631-5231234 → 0631****234."""
    digits = phone.replace("-", "")
    if phone.startswith("0"):
        area = phone.split("-")[0] if "-" in phone else digits[:4]
        return area + _STAR * 4 + digits[-3:]
    return digits[:3] + _STAR * 4 + digits[-4:]


def mask_address(address: str) -> str:
    """北京市朝阳区望京街1号 → 北京市***; an address that names no city shows nothing."""
    city = _CITY.match(address)
    return (city.group() if city else "") + _STAR * 3


def mask_hospital(hospital: str) -> str:
    """乌鲁木齐市友谊医院 → 乌鲁***: where someone lies ill is nobody else's business."""
    return hospital[:2] + _STAR * 3
