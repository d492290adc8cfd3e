"""Every fact of a document has its provision, every provision its fact and its case; what is missing is named."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from real_packs import PACKS

from rules_engine import coverage
from rules_engine.__main__ import main
from rules_engine.packs import PACKS_DIR

BROKEN = Path(__file__).resolve().parent.parent / "broken_packs"
PACK = """\
pack: shili.share_borne
title: 个人首先负担的比例
pooling_area: "371000"
topic: share_borne
document: example_2021
provisions:
  - id: overview
    title: 大概
    unit: none
    overview: true
    versions: [{effective_from: 2022-01-01, effective_to: null, value: null, citation: {article: 一}, verified_on: 2026-11-22, says: 样例。}]
  - id: temporary_care
    title: 临时外出就医
    unit: rate
    when: {situation: temporary_care}
    versions: [{effective_from: 2022-01-01, effective_to: null, value: "0.50", citation: {article: 二}, verified_on: 2026-11-22, says: 样例。}]
"""
CHECKLIST = """\
checklist:
  一: {states: 大概怎么分, provisions: [shili.share_borne.overview]}
  二: {states: 临时外出先付一半, provisions: [shili.share_borne.temporary_care]}
  三: {states: 落款, background: 只是落款}
"""
CASES = """\
pack: shili.share_borne
on: 2026-11-22
cases:
  - {name: 只问多少, given: {}, expect: {outcome: needs, overview: overview}}
  - {name: 临时外出, given: {situation: temporary_care}, expect: {value: "0.50", provision: temporary_care}}
  - {name: 转诊, given: {situation: referral}, expect: {value: "0.50", provision: temporary_care}}
"""


@pytest.fixture
def folder(tmp_path):
    """A folder of packs with one region, whole: document, pack, checklist and cases agree."""
    shutil.copytree(BROKEN / "skeleton", tmp_path, dirs_exist_ok=True)
    region = tmp_path / "regions" / "371000_weihai"
    (region / "share_borne.yml").write_text(PACK, encoding="utf-8")
    (region / "checklist.yml").write_text(CHECKLIST, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "shili_share_borne.yml").write_text(CASES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(folder, capsys):
    """Asks for the coverage of the folder; gives exit code, what was printed, and what was complained of."""

    def run_command(*argv):
        options = ("--packs", str(folder), "--cases", str(folder / "cases"))
        code = main(["coverage", *argv, *options], today=lambda: date(2026, 11, 22))
        return code, *capsys.readouterr()

    return run_command


def change(folder, name, old, new):
    path = folder / "regions" / "371000_weihai" / name if name != "cases" else folder / "cases" / "shili_share_borne.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_item_is_shown_with_its_provisions_and_their_cases(run):
    code, told, _ = run()
    assert code == 0
    for part in (
        "# 山东省威海市：3项，2条规定", "二  临时外出先付一半\n  shili.share_borne.temporary_care  2个例子",
        "三  落款\n  不是规定：只是落款", "没有缺的：1份清单，3项，2条规定，每条都有例子。",
    ):
        assert part in told


@pytest.mark.parametrize(
    ("name", "old", "new", "gap"),
    [
        ("checklist.yml", ", background: 只是落款", "", "371000_weihai/checklist.yml 的 三（落款）：没有对应的规定"),
        ("checklist.yml", "只是落款", '""', "371000_weihai/checklist.yml 的 三（落款）：没有对应的规定"),
        ("checklist.yml", "share_borne.overview", "share_borne.overviw", "checklist.yml 的 一：没有叫 shili.share_borne.overviw 的规定"),
        ("checklist.yml", "[shili.share_borne.overview]", "[shili.share_borne.temporary_care]",
         "shili.share_borne.overview（大概）：不在 checklist.yml 的任何一项里"),
        ("cases", "overview: overview", "missing: [situation]", "shili.share_borne.overview（大概）：没有例子"),
    ],
)
def test_a_gap_is_named_and_ends_with_one(run, folder, name, old, new, gap):
    change(folder, name, old, new)
    code, told, complained = run()
    assert code == 1
    assert gap in complained
    assert "没有缺的" not in told
    assert "临时外出先付一半" in told, "the list is shown all the same"


def test_every_gap_is_named_at_once(run, folder):
    change(folder, "checklist.yml", ", background: 只是落款", "")
    change(folder, "cases", "provision: temporary_care", "outcome: decided")
    _, _, complained = run()
    assert complained.startswith("覆盖不完整，有2处：\n- ")


def test_region_without_a_checklist_is_a_gap(run, folder):
    (folder / "regions" / "371000_weihai" / "checklist.yml").unlink()
    code, _, complained = run()
    assert code == 1
    assert "371000_weihai：没有 checklist.yml" in complained


def test_national_packs_need_a_checklist_too(run, folder):
    pack = PACK.replace('"371000"', '"000000"').replace("shili.", "guojia.")
    (folder / "national" / "share_borne.yml").write_text(pack, encoding="utf-8")
    shutil.copy(folder / "regions" / "371000_weihai" / "documents.yml", folder / "national")
    code, told, complained = run()
    assert code == 1
    assert "national：没有 checklist.yml" in complained
    assert "guojia.share_borne.temporary_care（临时外出就医）：没有例子" in complained
    assert "# 全国：0项，2条规定" in told
    assert run("威海")[0] == 0, "one region is judged by itself"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("background", "backgroud", "checklist.yml 的 三：键 backgroud 不认识"),
        ("states: 落款, ", "", "checklist.yml 的 三：缺少 states"),
        ("[shili.share_borne.overview]", "shili.share_borne.overview", "provisions 不是清单。请写成 [shili.share_borne.overview]"),
        ("checklist:", "cheklist:", "缺少 checklist"),
    ],
)
def test_checklist_written_wrongly_is_refused(run, folder, old, new, complaint):
    change(folder, "checklist.yml", old, new)
    code, _, complained = run()
    assert code == 1
    assert complaint in complained


def test_place_without_a_folder_is_told_what_to_do(run):
    code, told, complained = run("烟台")
    assert (code, told) == (1, "")
    assert "山东省烟台市没有政策包的文件夹。要加这个地区，用 new-region。" in complained


def test_county_is_shown_with_its_city(run):
    assert "# 山东省威海市" in run("荣成")[1]


def test_the_real_packs_have_no_gap():
    shown = coverage.checklists(PACKS_DIR)
    assert {checklist.region for checklist in shown} >= set(PACKS.all_provisions)
    assert not list(coverage.gaps(shown, PACKS, coverage.numbers_of_cases(coverage.CASES_DIR)))
