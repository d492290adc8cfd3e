"""A region is added by YAML alone: the folder made by the command, filled in, checked, covered, and answering."""

import shutil
from datetime import date

import pytest

from rules_engine.__main__ import main
from rules_engine.packs import PACKS_DIR, load, read_yaml

DOCUMENT = ("--document", "关于“示例”的通知: 样子", "--short-name", "苏州2031年样例", "--issued", "2031-05-01", "--from", "2031-06-01")
WEIHAI = ("documents", "share_borne")
FILES = {"documents.yml", "checklist.yml", "rules.yml", "contacts.yml", "conflicts.yml"}


@pytest.fixture
def folder(tmp_path):
    """A copy of the real packs as far as these tests need them: what all regions share, and one pack of 威海."""
    copy = tmp_path / "packs"
    for name in ("topics.yml", "terms.yml", "national/contacts.yml", *(f"regions/371000_weihai/{one}.yml" for one in WEIHAI)):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PACKS_DIR / name, copy / name)
    return copy


@pytest.fixture
def run(folder, capsys):
    """Runs a command on the copy; gives exit code, what was printed, and what was complained of."""

    def run_command(command, *argv):
        options = ["--packs", str(folder)]
        if command in ("coverage", "new-region"):
            options += ["--cases", str(folder.parent / "cases")]
        code = main([command, *argv, *options], today=lambda: date(2031, 7, 1))
        return code, *capsys.readouterr()

    return run_command


def test_new_region_has_all_its_files_and_checks_at_once(run, folder):
    code, told, _ = run("new-region", "苏州", *DOCUMENT)
    made = folder / "regions" / "320500_suzhou"
    assert code == 0
    assert {path.name for path in made.iterdir()} == FILES
    assert (folder.parent / "cases" / "suzhou_rules.yml").is_file()
    for part in ("320500_suzhou/rules.yml", "接下来：", "draft", "check", "coverage 苏州", "make test", "docs/tasks/add_a_region.md"):
        assert part in told
    assert run("check")[0] == 0
    assert run("coverage", "苏州")[0] == 0


def test_document_is_registered_as_it_was_given(run, folder):
    run("new-region", "苏州", *DOCUMENT)
    assert read_yaml(folder / "regions" / "320500_suzhou" / "documents.yml")["documents"] == {
        "suzhou_2031": {
            "title": "关于“示例”的通知: 样子", "short_name": "苏州2031年样例",
            "issued_on": date(2031, 5, 1), "in_force_from": date(2031, 6, 1),
        }
    }


def test_new_region_answers_nothing_before_somebody_has_written_a_rule(run, folder):
    run("new-region", "苏州", *DOCUMENT)
    assert not load(folder).has_region("320500")


def uncommented(text, topic):
    """The rules with one example made live, as a hurried person would do it: nothing filled in."""
    live, wanted = [], False
    for line in text.splitlines():
        wanted = line.startswith(f"#   - id: {topic}") or (wanted and line.startswith("#     "))
        live.append(line.removeprefix("# ") if wanted or line == "# provisions:" else line)
    return "\n".join(live) + "\n"


@pytest.mark.parametrize("topic", ["filing_needed", "share_borne", "validity", "contact"])
def test_example_that_nobody_filled_in_is_refused(run, folder, topic):
    run("new-region", "苏州", *DOCUMENT)
    rules = folder / "regions" / "320500_suzhou" / "rules.yml"
    rules.write_text(uncommented(rules.read_text(encoding="utf-8"), topic), encoding="utf-8")
    code, _, complained = run("check")
    assert code == 1
    assert f"320500_suzhou/rules.yml 的 {topic}：verified_on 不是日期" in complained


@pytest.mark.parametrize(
    ("place", "complaint"),
    [
        ("威海", "山东省威海市已经有了，在 371000_weihai"),
        ("江苏", "「江苏省」是一个省，不是统筹地区。请写到市"),
        ("没有的地方", "没有找到叫「没有的地方」的地方"),
        ("朝阳", "「朝阳」不止一个：辽宁省朝阳市 211300、北京市朝阳区 110105"),
        ("999999", "行政区划代码「999999」不在"),
        ("香港", "不在内地医保的范围里"),
    ],
)
def test_place_that_cannot_be_added_is_refused_with_the_reason(run, folder, place, complaint):
    before = sorted(folder.rglob("*"))
    code, told, complained = run("new-region", place, *DOCUMENT)
    assert (code, told) == (1, "")
    assert complaint in complained
    assert sorted(folder.rglob("*")) == before


def test_the_same_region_is_not_made_twice(run):
    run("new-region", "苏州", *DOCUMENT)
    code, _, complained = run("new-region", "320500", *DOCUMENT)
    assert code == 1
    assert "已经有了，在 320500_suzhou" in complained


def test_spelling_can_be_given_and_must_not_be_taken(run, folder):
    assert run("new-region", "苏州", *DOCUMENT, "--slug", "suzhoushi")[0] == 0
    assert (folder / "regions" / "320500_suzhoushi").is_dir()
    code, _, complained = run("new-region", "无锡", *DOCUMENT, "--slug", "weihai")
    assert code == 1
    assert "拼音「weihai」已经有别的地区用了" in complained
    assert "只能用小写字母和数字" in run("new-region", "无锡", *DOCUMENT, "--slug", "../wuxi")[2]


def test_county_is_made_with_a_word_of_caution(run):
    code, told, _ = run("new-region", "昆山", *DOCUMENT)
    assert code == 0
    assert "请核对：昆山市属于苏州市。" in told


RULES = """\
provisions:
  - id: share_borne
    topic: share_borne
    title: 转诊先付多少
    unit: rate
    when: {situation: referral}
    versions:
      - effective_from: 2031-06-01
        effective_to: null
        value: "0.35"
        citation: {article: 样例一}
        verified_on: 2031-06-20
        says: 转诊去外地，政策内费用自己先付35%。
  - id: share_borne.shanghai
    topic: share_borne
    title: 转诊去上海先付多少
    unit: rate
    when: {situation: referral, treatment_region: "310000"}
    exception_to: [share_borne]
    versions:
      - effective_from: 2031-06-01
        effective_to: null
        value: "0.05"
        citation: {article: 样例二}
        verified_on: 2031-06-20
        says: 转诊去上海，政策内费用自己先付5%。
  - id: deductible
    topic: deductible
    title: 起付线
    unit: none
    stated: false
    versions:
      - effective_from: 2031-06-01
        effective_to: null
        value: null
        citation: {article: 全文}
        verified_on: 2031-06-20
        says: 起付线是多少，这份样例没写。
"""
ITEMS = """\
  样例一: {states: 转诊先付35%, provisions: [suzhou.rules.share_borne]}
  样例二: {states: 去上海先付5%, provisions: [suzhou.rules.share_borne.shanghai]}
  样例.not_stated: {states: 起付线没写, provisions: [suzhou.rules.deductible]}
"""
CASES = """\
pack: suzhou.rules
on: 2031-07-01
cases:
  - {name: 转诊去北京, topic: share_borne, given: {treatment_region: 北京, situation: referral}, expect: {value: "0.35", provision: share_borne}}
  - {name: 转诊去上海, topic: share_borne, given: {treatment_region: 上海, situation: referral}, expect: {value: "0.05", provision: share_borne.shanghai}}
  - {name: 起付线, topic: deductible, given: {}, expect: {outcome: not_stated, provision: deductible}}
"""


@pytest.fixture
def suzhou(run, folder):
    """苏州 with an invented document, from the command to the last case, in YAML only."""
    run("new-region", "苏州", *DOCUMENT)
    made = folder / "regions" / "320500_suzhou"
    rules = (made / "rules.yml").read_text(encoding="utf-8")
    (made / "rules.yml").write_text(rules[: rules.index("# provisions:")] + RULES, encoding="utf-8")
    with (made / "checklist.yml").open("a", encoding="utf-8") as checklist:
        checklist.write(ITEMS)
    contacts = "contacts:\n  - {name: 样例窗口, phone: \"0320-7650009\", region: \"320500\"}\n"
    (made / "contacts.yml").write_text(contacts, encoding="utf-8")
    (folder.parent / "cases" / "suzhou_rules.yml").write_text(CASES, encoding="utf-8")


def test_region_written_in_yaml_only_answers_with_its_value_and_source(run, suzhou):
    assert "苏州" in run("check")[1]
    code, told, _ = run("ask", "自己先付多少", "--insured", "苏州", "--treatment", "北京", "--situation", "转诊")
    assert code == 0
    for part in ("suzhou.rules.share_borne", "数值：35%", "《关于“示例”的通知: 样子》样例一（2031年5月1日）"):
        assert part in told


def test_its_exception_its_silence_and_its_first_day_hold(run, suzhou):
    assert "数值：5%" in run("ask", "share_borne", "--insured", "苏州", "--treatment", "上海", "--situation", "转诊")[1]
    silent = run("ask", "deductible", "--insured", "苏州")[1]
    assert "文件没有写（not_stated）" in silent
    assert "样例窗口 0320-7650009" in silent
    early = run("ask", "share_borne", "--insured", "苏州", "--situation", "转诊", "--on", "2031-05-31")[1]
    assert "not_in_force" in early


def test_its_coverage_is_whole_and_a_forgotten_rule_is_noticed(run, suzhou, folder):
    code, told, _ = run("coverage", "苏州")
    assert code == 0
    assert "没有缺的：1份清单，4项，3条规定，每条都有例子。" in told
    checklist = folder / "regions" / "320500_suzhou" / "checklist.yml"
    checklist.write_text(checklist.read_text(encoding="utf-8").replace(ITEMS.splitlines()[1] + "\n", ""), encoding="utf-8")
    code, _, complained = run("coverage", "苏州")
    assert code == 1
    assert "suzhou.rules.share_borne.shanghai（转诊去上海先付多少）：不在 checklist.yml 的任何一项里" in complained
