"""How many messages are heard right: by topic, by the place's role, under noise; and what is taken for what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from scripts.hearing import Heard
from scripts.markdown import share, table
from server.meaning import FALLBACK

MOST_PAIRS, MOST_UNDER_NOISE = 10, 5
NOTABLE_LOSS = 0.03
NO_ROLE = "没有角色"
GROUPS: dict[str, Callable[[Heard], str]] = {
    "地区": lambda one: one.region, "说话的样子": lambda one: one.style, "意图": lambda one: one.wanted,
}
Pairs = Sequence[tuple[Heard, Heard]]  # of each message: as it was said, and with noise


def rights(heard: Iterable[Heard]) -> int:
    """How many are heard right."""
    return sum(one.is_right for one in heard)


def confused(heard: Iterable[Heard], most: int) -> list[tuple[str, str, int, str]]:
    """What was meant, what it was taken for, how often, an example: the commonest first."""
    examples: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in heard:
        if not one.is_right:
            examples[one.wanted, one.intent].append(one.text)
    pairs = sorted(examples.items(), key=lambda pair: -len(pair[1]))
    return [(wanted, taken_for, len(texts), texts[0]) for (wanted, taken_for), texts in pairs[:most]]


def accuracy_lines(heard: Sequence[Heard]) -> list[str]:
    """The chapter on messages as they were said."""
    acted_on = sum(one.acted_on == one.wanted for one in heard)
    return [
        f"意图听对：{rights(heard)}/{len(heard)} = {share(rights(heard), len(heard))}。"
        f"再经过 server/meaning.py（当作头一句话）：{share(acted_on, len(heard))}。", "",
        "最常听混的：", "", *table(["本意", "听成", "次数", "例子"], confused(heard, MOST_PAIRS)),
        "地名和角色：", "", *_roles(heard), "按意图：", "", *_topics(heard),
    ]


def noise_lines(pairs_by_kind: Mapping[str, Pairs], total: int) -> list[str]:
    """The chapter on noise: what each kind costs on the messages it changes, and what goes wrong newly."""
    newly = []
    for kind, pairs in pairs_by_kind.items():
        if lost := newly_wrong(pairs):
            newly += [f"{kind}：原句听对、这样就听错的：", "",
                      *table(["本意", "听成", "次数", "例子"], confused(lost, MOST_UNDER_NOISE))]
    head = ["噪声", "改动了的句子", "原句听对", "加噪声后", "掉了几个百分点", "掉 3 个点以上", "新错的里没听懂的"]
    return [*table(head, [[kind, *_loss(pairs, total)] for kind, pairs in pairs_by_kind.items()]), *newly]


def group_lines(clean: Sequence[Heard], pairs_by_kind: Mapping[str, Pairs]) -> list[str]:
    """The chapter on who is heard how well: by region, style and intent, as said and under each kind of noise."""
    lines = []
    for group, of in GROUPS.items():
        names = sorted({of(one) for one in clean} - {""})
        rows = [
            [name, sum(of(one) == name for one in clean), _share_of(of, name, clean),
             *(_share_of(of, name, [noisy for _, noisy in pairs]) for pairs in pairs_by_kind.values())]
            for name in names
        ]
        lines += [f"按{group}：", "", *table([group, "句", "原句", *pairs_by_kind], rows)] if rows else []
    return lines


def _share_of(of: Callable[[Heard], str], name: str, heard: Sequence[Heard]) -> str:
    own = [one for one in heard if of(one) == name]
    return share(rights(own), len(own))


def newly_wrong(pairs: Pairs) -> list[Heard]:
    """The noisy messages that are heard wrong where the clean one was heard right."""
    return [noisy for clean, noisy in pairs if clean.is_right and not noisy.is_right]


def _loss(pairs: Pairs, total: int) -> list[str]:
    clean, noisy, changed = rights(one for one, _ in pairs), rights(one for _, one in pairs), len(pairs)
    loss, lost = (clean - noisy) / max(1, changed), newly_wrong(pairs)
    unheard = sum(one.intent == FALLBACK for one in lost)
    return [f"{changed}/{total}", share(clean, changed), share(noisy, changed), f"{loss * 100:.1f}",
            "⚠" if round(loss, 3) >= NOTABLE_LOSS else "", f"{unheard}/{len(lost)}"]


def _topics(heard: Sequence[Heard]) -> list[str]:
    by_topic: dict[str, list[Heard]] = defaultdict(list)
    for one in heard:
        by_topic[one.wanted].append(one)
    rows = sorted(by_topic.items(), key=lambda row: rights(row[1]) / len(row[1]))
    return table(["意图", "听对", "准确率", "最常听成"], [
        [intent, f"{rights(ones)}/{len(ones)}", share(rights(ones), len(ones)),
         "、".join(f"{taken_for} {often}" for _, taken_for, often, _ in confused(ones, 2))]
        for intent, ones in rows
    ])


def _roles(heard: Iterable[Heard]) -> list[str]:
    total, found, right = Counter[str](), Counter[str](), Counter[str]()
    for place in (place for one in heard for place in one.places):
        for role in (place.wanted or NO_ROLE, "合计"):
            total[role] += 1
            found[role] += place.heard != ""
            right[role] += place.heard == place.wanted
    roles = sorted(total, key=lambda role: (role == "合计", role))
    return table(["角色", "地名", "认出地名", "角色也对"], [
        [role, total[role], share(found[role], total[role]), share(right[role], total[role])] for role in roles
    ])
