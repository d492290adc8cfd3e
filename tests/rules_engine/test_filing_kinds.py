"""The kinds of filing: read from the packs, refused when written wrong, and true to the provisions they point at."""

import copy
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from real_packs import PACKS

from rules_engine import filing_kind_reading
from rules_engine.__main__ import main
from rules_engine.errors import PackError
from rules_engine.fact_words import VALUES
from rules_engine.filing_kind import ACTIONS, FIELDS, KINDS, Renewal
from rules_engine.filing_kind_checks import check_kinds
from rules_engine.filing_kind_rows import MAY_HAVE, NEEDED, NEEDED_HERE
from rules_engine.filing_kinds import FilingKinds, load_filing_kinds
from rules_engine.filing_knock_outs import knock_out
from rules_engine.packs import PACKS_DIR, load, read_yaml

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "tasks" / "add_a_filing_kind.md"
BROKEN = Path(__file__).resolve().parent.parent / "broken_packs"
MISTAKES = sorted(
    folder.name for folder in BROKEN.glob("filing_kinds_*") if folder.name != "filing_kinds_skeleton"
)
FILED = load_filing_kinds()
TODAY = date(2026, 11, 22)
WEIHAI, HANGZHOU, GAOYOU, URUMQI = "371000", "330100", "321084", "650100"
ALL = [kind for found in FILED.by_region.values() for kind in found]


def of(region, kind):
    return FILED.of(region, kind, TODAY)


def packs_folder(tmp_path, name):
    folder = shutil.copytree(BROKEN / "skeleton", tmp_path / "packs")
    for path in (BROKEN / name).glob("*.yml"):
        shutil.copy(path, folder / "regions" / "371000_weihai")
    return folder


@pytest.mark.parametrize("mistake", MISTAKES)
def test_file_with_one_mistake_is_refused_with_its_own_message(mistake, tmp_path):
    folder = packs_folder(tmp_path, mistake)
    with pytest.raises(PackError) as refused:
        check_kinds(load_filing_kinds(folder), load(folder))
    assert str(refused.value) == (BROKEN / mistake / "message.txt").read_text(encoding="utf-8").strip()
    assert all((refused.value.where, refused.value.problem, refused.value.remedy))


def test_the_skeleton_is_whole_so_that_only_the_mistake_can_be_to_blame(tmp_path):
    folder = packs_folder(tmp_path, "filing_kinds_skeleton")
    kinds = load_filing_kinds(folder)
    check_kinds(kinds, load(folder))
    assert [kind.title for kind in kinds.offered("371000", TODAY)] == ["示例转诊备案"]


def places(tree, at=()):
    """The way to every value in the tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (*at, key)
        yield from places(value, (*at, key))


@pytest.mark.parametrize("nonsense", [None, "x", 7, [], {}, [[]], [None], True], ids=repr)
def test_whatever_stands_in_the_wrong_place_is_refused_in_words_and_never_crashes(nonsense, monkeypatch):
    path = PACKS_DIR / "regions" / "330100_hangzhou" / "filing_kinds.yml"
    whole, documents = read_yaml(path), read_yaml(path.parent / "documents.yml")
    refused = 0
    for *way, last in places(whole):
        tree = copy.deepcopy(whole)
        parent = tree
        for key in way:
            parent = parent[key]
        parent[last] = nonsense
        monkeypatch.setattr(filing_kind_reading, "read_yaml", lambda file, tree=tree: tree if file == path else documents)
        try:
            check_kinds(FilingKinds({HANGZHOU: filing_kind_reading.read_kinds(path)}), PACKS)
        except PackError as fault:
            refused += 1
            assert fault.problem and fault.remedy
    assert refused > 100


def test_the_instructions_name_every_key_and_their_example_can_be_read(tmp_path):
    text = HOW_TO.read_text(encoding="utf-8")
    keys = {*NEEDED, *NEEDED_HERE, *MAY_HAVE, *KINDS, *FIELDS, *ACTIONS, "elsewhere_topic"}
    assert {key for key in keys if f"`{key}`" not in text and f"`{key}:" not in text and f"{key}:" not in text} == set()
    folder = tmp_path / "regions" / "999900_shili"
    folder.mkdir(parents=True)
    example = next(block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if "kinds:" in block)
    (folder / "filing_kinds.yml").write_text(example, encoding="utf-8")
    documents = "documents:\n  shili_2024: {title: 示例通知, short_name: 示例通知, issued_on: 2024-05-01}\n"
    (folder / "documents.yml").write_text(documents, encoding="utf-8")
    assert load_filing_kinds(tmp_path).of("999900", "referral", TODAY).validity.months == 6


def test_check_on_the_command_line_tells_the_mistake_and_ends_with_one(tmp_path, capsys):
    folder = packs_folder(tmp_path, "filing_kinds_check_validity_differs")
    assert main(("check", "--packs", str(folder)), today=lambda: TODAY) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (BROKEN / "filing_kinds_check_validity_differs" / "message.txt").read_text(encoding="utf-8")


def test_check_on_the_command_line_counts_the_kinds(capsys):
    assert main(("check",), today=lambda: TODAY) == 0
    assert f"4个地区的备案种类{len(ALL)}条" in capsys.readouterr().out


def test_a_folder_of_packs_without_kinds_has_none():
    assert load_filing_kinds(BROKEN / "skeleton").regions() == ()


def test_what_each_region_offers():
    offered = {region: [kind.kind for kind in FILED.offered(region, TODAY)] for region in FILED.regions()}
    assert offered == {
        GAOYOU: ["long_term_residence", "referral"],
        HANGZHOU: ["long_term_residence", "referral", "late_filing"],
        WEIHAI: ["long_term_residence", "temporary_care"],
        URUMQI: ["long_term_residence", "referral", "emergency_registration"],
    }
    assert FILED.offered("320500", TODAY) == ()
    assert of("320500", "referral") is None


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: f"{kind.region} {kind.kind}")
def test_no_kind_is_offered_before_its_document_is_in_force(kind):
    assert FILED.of(kind.region, kind.kind, kind.effective_from) == kind
    assert FILED.of(kind.region, kind.kind, kind.effective_from - timedelta(days=1)) is None
    first = min(p.versions[0].effective_from for p in PACKS.provisions(kind.region, "filing_needed"))
    assert kind.effective_from == first


def test_a_kind_ends_on_its_last_day_and_the_next_version_follows(tmp_path):
    folder = packs_folder(tmp_path, "filing_kinds_skeleton")
    path = folder / "regions" / "371000_weihai" / "filing_kinds.yml"
    text = path.read_text(encoding="utf-8")
    row = text[text.index("  - kind"):]
    later = row.replace("2022-01-01", "2024-01-01").replace("示例转诊备案", "新的转诊备案")
    path.write_text(text.replace("effective_to: null", "effective_to: 2023-12-31") + later, encoding="utf-8")
    kinds = load_filing_kinds(folder)
    assert kinds.of("371000", "referral", date(2023, 12, 31)).title == "示例转诊备案"
    assert kinds.of("371000", "referral", date(2024, 1, 1)).title == "新的转诊备案"
    assert len(kinds.offered("371000", date(2024, 1, 1))) == 1


def test_who_decides_what():
    assert {(kind.region, kind.kind): kind.decided_by for kind in ALL if kind.decided_by != "agency"} == {
        (HANGZHOU, "long_term_residence"): "self_service", (URUMQI, "referral"): "elsewhere",
    }
    assert of(URUMQI, "referral").elsewhere_topic == "referral"
    assert not of(URUMQI, "referral").can_be_filed_here


def test_only_where_a_commitment_replaces_the_papers_is_a_letter_signed():
    assert {(kind.region, kind.kind) for kind in ALL if kind.letter} == {
        (WEIHAI, "long_term_residence"), (HANGZHOU, "long_term_residence"),
    }
    assert not any(kind.papers for kind in ALL if kind.letter)


def test_papers_are_those_that_the_documents_print():
    papers = {(kind.region, kind.kind): [(one.id, one.is_required) for one in kind.papers] for kind in ALL if kind.papers}
    assert papers == {
        (HANGZHOU, "referral"): [("referral_form", True)],
        (GAOYOU, "long_term_residence"): [("residence_proof", True)],
        (GAOYOU, "referral"): [("referral_certificate", True)],
        (URUMQI, "long_term_residence"): [("residence_proof", True)],
    }
    assert {kind.renewal for kind in ALL} == {None, Renewal(("referral_form",))}


def test_where_and_from_when_a_filing_holds():
    assert of(WEIHAI, "temporary_care").place_scope == ("cross_province",)
    assert of(WEIHAI, "long_term_residence").place_scope == ("within_province", "cross_province")
    assert all(of(HANGZHOU, kind).place_scope == ("cross_province",) for kind in ("long_term_residence", "referral", "late_filing"))
    assert of(URUMQI, "long_term_residence").province_level == {"110000", "120000", "310000", "500000", "460000", "540000"}
    assert of(HANGZHOU, "long_term_residence").starts == "at_submission"
    assert {kind.kind for kind in ALL if kind.starts == "admission_day"} == {"late_filing", "emergency_registration"}
    counts = {(kind.region, kind.kind): kind.counts_from for kind in ALL if kind.counts_from}
    assert counts == {
        (WEIHAI, "long_term_residence"): "confirmed_on", (URUMQI, "long_term_residence"): "confirmed_on",
        (HANGZHOU, "long_term_residence"): "effective_on",
    }


def test_what_people_must_know_before_they_file_is_said_before():
    before = "".join(note.text for note in of(URUMQI, "long_term_residence").notes_before)
    assert "没有医保待遇" in before and "兵团" in before and "没有写从哪一天算" in before
    assert "银行代付协议" in "".join(note.text for note in of(URUMQI, "long_term_residence").notes_after)


@pytest.mark.parametrize("kind", [one for one in ALL if one.can_be_filed_here], ids=lambda kind: f"{kind.region} {kind.kind}")
def test_every_kind_that_can_be_filed_is_described_to_the_end(kind):
    assert kind.kind in KINDS
    assert set(kind.fields) <= set(FIELDS)
    assert tuple(kind.life) == tuple(ACTIONS)
    assert kind.knock_outs
    assert kind.citation.document
    assert kind.verified_on <= TODAY


PASSES, STOPS = (True, None), (False, None)


@pytest.mark.parametrize(
    ("region", "kind", "told", "wanted"),
    [
        (WEIHAI, "long_term_residence", {}, (False, "treatment_region")),
        (WEIHAI, "long_term_residence", {"treatment_region": "370600"}, (False, "stays_long_enough")),
        (WEIHAI, "long_term_residence", {"treatment_region": "370600", "stays_long_enough": True}, PASSES),
        (WEIHAI, "long_term_residence", {"treatment_region": "310000", "stays_long_enough": True}, PASSES),
        (WEIHAI, "long_term_residence", {"treatment_region": "310000", "stays_long_enough": False}, STOPS),
        (WEIHAI, "long_term_residence", {"treatment_region": "371002"}, STOPS),
        (WEIHAI, "long_term_residence", {"treatment_region": "370000"}, (False, "treatment_region")),
        (WEIHAI, "temporary_care", {"treatment_region": "310000"}, PASSES),
        (WEIHAI, "temporary_care", {"treatment_region": "370600"}, STOPS),
        (WEIHAI, "temporary_care", {"treatment_region": "810000"}, STOPS),
        (HANGZHOU, "long_term_residence", {}, (False, "treatment_region")),
        (HANGZHOU, "long_term_residence", {"treatment_region": "330200"}, STOPS),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000"}, (False, "person_group")),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "other"}, PASSES),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "university_student"}, PASSES),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "flexible_worker"}, (False, "has_local_household")),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "flexible_worker", "has_local_household": True}, PASSES),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "flexible_worker", "has_local_household": False}, STOPS),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "child"}, STOPS),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "child", "has_local_household": True}, STOPS),
        (HANGZHOU, "long_term_residence", {"treatment_region": "310000", "person_group": "individual_business"}, STOPS),
        (HANGZHOU, "referral", {}, (False, "treatment_region")),
        (HANGZHOU, "referral", {"treatment_region": "310000"}, PASSES),
        (HANGZHOU, "referral", {"treatment_region": "310000", "has_valid_filing": True}, PASSES),
        (HANGZHOU, "referral", {"treatment_region": "330200"}, STOPS),
        (HANGZHOU, "late_filing", {"treatment_region": "310000"}, (False, "situation")),
        (HANGZHOU, "late_filing", {"treatment_region": "310000", "situation": "emergency_treatment"}, STOPS),
        (HANGZHOU, "late_filing", {"treatment_region": "310000", "situation": "self_arranged"}, (False, "care_type")),
        (HANGZHOU, "late_filing", {
            "treatment_region": "310000", "situation": "self_arranged", "care_type": "inpatient",
        }, PASSES),
        (HANGZHOU, "late_filing", {
            "treatment_region": "310000", "situation": "self_arranged", "care_type": "general_outpatient",
        }, STOPS),
        (HANGZHOU, "late_filing", {"treatment_region": "330200"}, STOPS),
        (GAOYOU, "long_term_residence", {}, (False, "treatment_region")),
        (GAOYOU, "long_term_residence", {"treatment_region": "321000"}, PASSES),
        (GAOYOU, "long_term_residence", {"treatment_region": "321084"}, STOPS),
        (GAOYOU, "referral", {"treatment_region": "320100"}, PASSES),
        (GAOYOU, "referral", {"treatment_region": "321084"}, STOPS),
        (URUMQI, "long_term_residence", {"treatment_region": "650200"}, (False, "stays_long_enough")),
        (URUMQI, "long_term_residence", {"treatment_region": "650200", "stays_long_enough": True}, PASSES),
        (URUMQI, "long_term_residence", {"treatment_region": "650200", "stays_long_enough": False}, STOPS),
        (URUMQI, "emergency_registration", {"treatment_region": "310000", "care_type": "inpatient"}, PASSES),
        (URUMQI, "emergency_registration", {"treatment_region": "310000", "care_type": "general_outpatient"}, STOPS),
    ],
)
def test_knock_out_asks_no_more_than_the_outcome_hangs_on(region, kind, told, wanted):
    result = knock_out(of(region, kind), told, TODAY, PACKS)
    assert (result.is_passed, result.asks) == wanted
    assert result.is_passed == (result.decision is None)


def test_who_is_stopped_is_told_by_the_clause_that_stops_them():
    told = {"treatment_region": "310000", "person_group": "flexible_worker", "has_local_household": False}
    stopped = knock_out(of(HANGZHOU, "long_term_residence"), told, TODAY, PACKS)
    assert stopped.decision.steps[0].provision == "hangzhou.filing_eligibility.flexible_worker.non_local"
    stopped = knock_out(of(WEIHAI, "long_term_residence"), {"treatment_region": "371002"}, TODAY, PACKS)
    assert stopped.decision.steps[0].provision == "weihai.filing_eligibility.within_pooling_area"


def test_reasons_that_only_students_give_show_that_it_is_a_student():
    kind = of(HANGZHOU, "long_term_residence")
    assert {kind.reason_groups[reason] for reason in kind.reasons if reason.startswith("student_")} == {"university_student"}
    assert all(VALUES[group] for group in kind.reason_groups.values())
