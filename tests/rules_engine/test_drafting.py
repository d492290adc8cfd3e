"""A draft finds figures, periods, phones, channels and papers in a leaflet, says where, and cannot answer anybody."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from real_packs import PACKS
from ruamel.yaml import YAML

from rules_engine.__main__ import main
from rules_engine.drafting import draft
from rules_engine.drafting_lines import paragraphs
from rules_engine.errors import PackError
from rules_engine.packs import PACKS_DIR, load

SAMPLE = Path(__file__).with_name("leaflet_sample.txt")
PROPOSALS = draft(SAMPLE.read_text(encoding="utf-8"))


def found(kind, text=SAMPLE):
    proposals = PROPOSALS if text is SAMPLE else draft(text)
    return [(one.text, one.value) for one in proposals if one.kind == kind]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("share", [("百分之十五", "0.15"), ("25%", "0.25")]),
        ("amount", [("2,000元", "2000"), ("600元", "600")]),
        ("period", [("30日内", "30"), ("十二个月有效", "12"), ("三个月内", "3"), ("每年3月底前", None)]),
        ("phone", [(number[-7:] if number.endswith("2") else number, number) for number in (f"0320-765000{n}" for n in range(1, 6))]),
        ("website", [("www.yunxi-yibao.example.cn", None)]),
        ("date", [("2031.5", None)]),
        ("in_force", [("2031年6月1日起", "2031-06-01")]),
        ("channel", [("云溪医保APP", None), ("云溪医保小程序", None), ("医保大厅窗口", None)]),
        ("refused", [("不得变更", None), ("不予受理", None)]),
    ],
)
def test_what_the_leaflet_states_is_proposed(kind, expected):
    assert found(kind) == expected


def test_papers_are_proposed_with_the_form_by_its_name():
    assert [text for text, _ in found("paper")] == ["身份证", "《云溪市外出住院登记表》", "发票原件", "费用清单", "病历复印章"]


def test_each_proposal_says_line_clause_topic_and_that_nobody_has_checked_it():
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    for proposal in PROPOSALS:
        assert proposal.checked is False
        assert proposal.text[:1] in "".join(lines[proposal.line - 1 : proposal.line + 1])
        assert proposal.text[:4] in proposal.quote
    share = next(one for one in PROPOSALS if one.text == "25%")
    assert (share.line, share.clause, share.topic) == (16, "二1", "share_borne")
    assert {one.topic for one in PROPOSALS if one.kind == "phone"} == {"contact"}
    assert {one.topic for one in PROPOSALS if one.text == "三个月内"} == {"change"}


def test_quotes_are_short():
    assert max(len(one.quote) for one in PROPOSALS) < 60


@pytest.mark.parametrize(
    ("sentence", "kind", "expected"),
    [
        ("办好登记之日起6个月内不能改。", "period", [("之日起6个月内", "6")]),
        ("半年内交齐，满1年再来。", "period", [("半年内", "6"), ("满1年", "12")]),
        ("每年12月31日前申报。", "period", [("每年12月31日前", None)]),
        ("5个工作日内办好。", "period", [("5个工作日内", None)]),
        ("登记一次长期有效。", "period", [("长期有效", None)]),
        ("二〇三一年六月一日起施行。", "in_force", [("二〇三一年六月一日起", None)]),
        ("押金2.5万元。", "amount", [("2.5万元", "25000")]),
        ("两千元以内。", "amount", [("两千元", "2000")]),
        ("自付12.5%。", "share", [("12.5%", "0.125")]),
        ("没登记的降点报销。", "share", [("降点报销", None)]),
        ("请拨打12393。", "phone", [("12393", "12393")]),
        ("（0320）76500001、0320 7650 0002", "phone", [("（0320）76500001", "0320-76500001"), ("0320 7650 0002", "0320-76500002")]),
        ("提高10个百分点。", "share", [("10个百分点", None)]),
        ("每月25日前，最长不超过一年。", "period", [("每月25日前", None), ("不超过一年", "12")]),
        ("2031年底前办完。", "date", [("2031年底前", None)]),
        ("用“云溪医保”小程序或就近医保分中心。", "channel", [("“云溪医保”小程序", None), ("医保分中心", None)]),
        ("网址si.12393.example.cn可查。", "phone", []),
        ("文件是〔2031〕46号，共12个人。", "period", []),
    ],
)
def test_how_figures_are_written_makes_no_difference(sentence, kind, expected):
    assert found(kind, sentence) == expected


def test_broken_lines_are_joined_and_keep_their_numbers():
    joined = next(one for one in paragraphs(SAMPLE.read_text(encoding="utf-8")) if "没登记的" in one.text)
    assert "没登记的先行自付25%，其余照本市医院算" in joined.text
    assert set(joined.lines) == {16, 17}


def test_headings_and_list_items_begin_anew():
    text = "一、怎么登记\n先打电话问清楚，再去大厅。\n1、带身份证\n2、带登记表\n"
    assert [(one.clause, one.text) for one in paragraphs(text)] == [
        ("一", "一、怎么登记"), ("一", "先打电话问清楚，再去大厅。"), ("一1", "1、带身份证"), ("一2", "2、带登记表"),
    ]


def test_numbered_questions_stand_at_the_top():
    text = "三、说明\n1、登记要带什么？\n答：带身份证。\n2、登记多久有效？\n答：一年。\n"
    assert [one.clause for one in paragraphs(text)] == ["三", "1", "1", "2", "2"]


def test_lone_page_numbers_are_no_text():
    assert [one.text for one in paragraphs("先登记，\n\n12\n\n再看病。")] == ["先登记，再看病。"]


@pytest.fixture
def run(capsys):
    """Drafts from a file; gives exit code, what was printed, and what was complained of."""

    def run_command(*argv):
        code = main(["draft", *map(str, argv)])
        return code, *capsys.readouterr()

    return run_command


def test_draft_is_yaml_to_work_through(run, tmp_path):
    out = tmp_path / "draft.yml"
    code, told, _ = run(SAMPLE, "--out", out)
    assert code == 0
    assert f"挑出{len(PROPOSALS)}处：比例2处，金额2处，期限4处" in told
    assert "一条都没有核对" in told
    content = YAML(typ="safe").load(out)
    assert content["draft"] == {"source": "leaflet_sample.txt", "checked": False}
    assert Counter(row["checked"] for row in content["proposals"]) == {False: len(PROPOSALS)}
    assert out.read_text(encoding="utf-8").startswith("# 草稿：从文件里挑出来的，一条都没有核对")


def test_draft_without_out_is_printed(run):
    code, told, _ = run(SAMPLE)
    assert code == 0
    assert "text: 25%" in told


def test_draft_laid_among_the_packs_answers_nobody(run, tmp_path):
    folder = shutil.copytree(PACKS_DIR, tmp_path / "packs")
    laid = folder / "regions" / "371000_weihai" / "leaflet_draft.yml"
    run(SAMPLE, "--out", laid)
    assert load(folder).all_provisions == PACKS.all_provisions
    laid.write_text(laid.read_text(encoding="utf-8").replace("proposals:", "provisions:"), encoding="utf-8")
    with pytest.raises(PackError, match=r"leaflet_draft\.yml"):
        load(folder)


def test_a_draft_is_never_written_over(run, tmp_path):
    out = tmp_path / "draft.yml"
    out.write_text("核对过的", encoding="utf-8")
    code, told, complained = run(SAMPLE, "--out", out)
    assert (code, told) == (1, "")
    assert "已经有了" in complained
    assert out.read_text(encoding="utf-8") == "核对过的"


@pytest.mark.parametrize(("content", "complaint"), [(b"%PDF-1.7 ...", "不是纯文字"), (b"a\0b", "不是纯文字"), (None, "没有")])
def test_file_that_is_no_text_is_refused(run, tmp_path, content, complaint):
    leaflet = tmp_path / "leaflet.txt"
    if content is not None:
        leaflet.write_bytes(content)
    code, _, complained = run(leaflet)
    assert code == 1
    assert complaint in complained


def test_text_saved_by_an_older_windows_is_read(run, tmp_path):
    leaflet = tmp_path / "leaflet.txt"
    leaflet.write_bytes("先行自付百分之二十。".encode("gb18030"))
    assert "百分之二十" in run(leaflet)[1]
