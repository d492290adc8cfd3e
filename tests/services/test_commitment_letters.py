import hashlib
from datetime import date
from pathlib import Path

import pytest

from rules_engine.errors import PackError
from rules_engine.filing_kinds import load_filing_kinds
from services.commitment_letters import AGENT_PLACEHOLDERS, PLACEHOLDERS, load_letters
from services.filing_records import AGENT_FIELDS

WHOLE = """
letter:
  id: x
  version: "1"
  effective_from: 2022-01-01
  citation: {document: d, article: a, issued_on: 2021-12-10}
  verified_on: 2026-11-22
  title: t
  paragraphs: ["{name}{id_number}{insured_region}{destination}{phone}{address}{date}"]
"""
WITH_AGENT = WHOLE + '  agent_paragraphs: ["{agent_name}{agent_id_number}{agent_relation}"]\n'
PERSON = {
    "name": "王小明", "id_number": "110101199003078515", "insured_region": "山东省威海市", "destination": "上海市",
    "phone": "13800000000", "address": "示例路1号",
}
AGENT = {"agent_name": "王大明", "agent_id_number": "110101196003078516", "agent_relation": "父母"}
# As it was signed before anybody could file for the family.
WEIHAI_BEFORE = """长期异地居住就医备案承诺书

我是王小明，身份证号码110101199003078515，在山东省威海市参加基本医疗保险。
我要到上海市居住、生活或工作，时间在6个月以上，为此办理长期异地就医备案。
办这项备案的条件，我都符合。我填写的内容真实、准确，没有遗漏，现在也有效。
如果内容不实，由此带来的法律责任，全部由我自己承担。
联系电话：13800000000
通讯地址：示例路1号
承诺日期：2026年11月22日"""
TODAY = date(2026, 11, 22)


def folder_with(tmp_path: Path, text: str) -> Path:
    region = tmp_path / "regions" / "999900_shili"
    region.mkdir(parents=True)
    (region / "commitment_letter.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_each_region_whose_filing_is_committed_to_has_a_letter():
    kinds = load_filing_kinds()
    wanted = {region for region in kinds.regions() if any(kind.letter for kind in kinds.offered(region, TODAY))}
    assert set(load_letters()) == wanted == {"371000", "330100"}


def test_a_whole_letter_is_read_for_its_folder_region(tmp_path):
    assert load_letters(folder_with(tmp_path, WHOLE))["999900"].version == "1"


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (WHOLE.replace("letter:", "brief:"), "没有 letter:"),
        (WHOLE.replace('  version: "1"\n', ""), "缺少 version"),
        (WHOLE.replace("{phone}", ""), "承诺书的空格不对：phone"),
        (WHOLE.replace("{phone}", "{phone}{salary}"), "承诺书的空格不对：salary"),
        (WHOLE.replace("{phone}", "{phone}{agent_name}"), "承诺书的空格不对：agent_name"),
        (WITH_AGENT.replace("{agent_relation}", ""), "承诺书的代办部分的空格不对：agent_relation"),
        (WITH_AGENT.replace("{agent_relation}", "{agent_relation}{phone}"), "承诺书的代办部分的空格不对：phone"),
        (WITH_AGENT.replace("agent_paragraphs", "agent_paragraph"), "键 agent_paragraph 不认识"),
    ],
)
def test_a_broken_letter_is_refused_by_name(tmp_path, broken, message):
    with pytest.raises(PackError, match=message):
        load_letters(folder_with(tmp_path, broken))


def test_a_letter_need_not_ask_for_an_address(tmp_path):
    letter = load_letters(folder_with(tmp_path, WHOLE.replace("{address}", "")))["999900"]
    assert "示例路" not in letter.fill(PERSON, TODAY).text


@pytest.mark.parametrize("region", ["371000", "330100"])
def test_a_letter_is_not_given_for_a_day_before_it_was_in_force(region):
    letter = load_letters()[region]
    values = {name: "x" for name in PLACEHOLDERS - {"date"}}
    first = letter.effective_from
    assert f"{first.year}年{first.month}月{first.day}日" in letter.fill(values, first).text
    with pytest.raises(ValueError, match=f"in force from {first}"):
        letter.fill(values, date.fromordinal(first.toordinal() - 1))


@pytest.mark.parametrize("nobody", [{}, {"agent_name": ""}], ids=["not told", "empty"])
def test_weihai_letter_of_the_person_alone_reads_as_it_always_did(nobody):
    letter = load_letters()["371000"].fill(PERSON | nobody, TODAY)
    assert letter.text == WEIHAI_BEFORE
    assert letter.sha256 == hashlib.sha256(WEIHAI_BEFORE.encode()).hexdigest()


@pytest.mark.parametrize("region", ["371000", "330100"])
def test_who_files_for_family_signs_with_name_number_and_relation(region):
    wording = load_letters()[region]
    alone, together = wording.fill(PERSON, TODAY), wording.fill(PERSON | AGENT, TODAY)
    assert together.text.startswith(alone.text)
    assert all(value in together.text for value in AGENT.values())
    assert not any(value in alone.text for value in AGENT.values())
    assert together.sha256 != alone.sha256
    assert together.version == alone.version


def test_a_letter_without_words_for_an_agent_is_not_signed_by_one(tmp_path):
    letter = load_letters(folder_with(tmp_path, WHOLE))["999900"]
    with pytest.raises(ValueError, match="has no agent_paragraphs"):
        letter.fill(PERSON | AGENT, TODAY)


def test_the_agents_blanks_are_what_a_filing_asks_of_an_agent():
    assert set(AGENT_FIELDS) >= AGENT_PLACEHOLDERS


def test_hangzhou_letter_says_what_is_promised_and_what_follows():
    text = load_letters()["330100"].fill(PERSON | {"insured_region": "浙江省杭州市"}, TODAY).text
    for said in ("长期住在上海市", "提交后马上生效", "3个月内，原则上不能变更", "真实、完整", "责任和后果"):
        assert said in text
