"""The parts of a text as numbers weigh what scikit-learn's vectoriser gives them as strings."""

import pickle

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from understanding.utterance_features import FARTHEST, LONGEST_ROW, kinds_of_parts, syllables_of
from understanding.weighed_parts import Characters, Named, NumberedParts, TextParts, distant_pairs, rows_of

TEXTS = [
    "要带什么材料", "带什么材料去", "带啥材料过去呀", "有效期有多久", "备案有多久有效", "能管多久", "先付几成", "被案有多久有效",
    "app里能办吗", "𠮷野家在〇吗", "能", "能当场报", "能当时就报",
]
UNSEEN = ["能不能当场就报", "备岸要带什么材料去", "完全没见过的话 abc", "好", "", "𠮷", "材料材料材料材料"]


def _rows_of_syllables(text):
    said = syllables_of(text)
    return [" ".join(said[start:start + n]) for n in range(1, LONGEST_ROW + 1) for start in range(len(said) - n + 1)]


def _pairs(text):
    units = np.frombuffer(text.encode("utf-16-le"), np.uint16)  # as UTF-16 has them: 𠮷 is two
    return [f"{one}_{other}" for start, one in enumerate(units) for other in units[start + 2:start + FARTHEST + 1]]


def _characters(text):
    units = [str(unit) for unit in np.frombuffer(text.encode("utf-16-le"), np.uint16)]
    return [" ".join(units[at:at + n]) for n in range(1, LONGEST_ROW + 1) for at in range(len(units) - n + 1)]


@pytest.mark.parametrize("parts, plain, fewest", [
    (NumberedParts(Characters(), rows_of, LONGEST_ROW), _characters, 1),
    (NumberedParts(Characters(), rows_of, LONGEST_ROW, fewest=3), _characters, 3),
    (NumberedParts(Named(syllables_of), rows_of, LONGEST_ROW, fewest=2), _rows_of_syllables, 2),
    (NumberedParts(Characters(), distant_pairs, FARTHEST, fewest=2), _pairs, 2),
    (TextParts(TfidfVectorizer(analyzer=_characters, sublinear_tf=True)), _characters, 1),
], ids=["characters", "characters in three texts", "sounds", "distant pairs", "strings"])
def test_a_part_weighs_what_scikit_learn_gives_it(parts, plain, fewest):
    wanted = TfidfVectorizer(analyzer=plain, sublinear_tf=True, min_df=fewest)
    assert np.allclose(*(_by_weight(one.toarray()) for one in (parts.learnt(TEXTS), wanted.fit_transform(TEXTS))))
    assert parts.count == len(wanted.vocabulary_)
    said = [*TEXTS, *UNSEEN]
    rows, columns, weights = parts.weighed(said)
    assert len(set(zip(rows, columns, strict=True))) == len(rows)
    for row, text in enumerate(said):
        assert np.allclose(sorted(weights[rows == row]), sorted(wanted.transform([text]).data)), text


def _by_weight(rows):
    """The columns in an order that does not hang on what they are called."""
    return rows[:, np.lexsort(rows.round(9))]


def test_a_text_is_weighed_as_it_was_learnt():
    for parts in kinds_of_parts():
        learnt = parts.learnt(TEXTS)
        rows, columns, weights = parts.weighed(TEXTS)
        assert np.allclose(csr_matrix((weights, (rows, columns)), learnt.shape).toarray(), learnt.toarray())


def test_a_text_is_weighed_alone_as_among_others():
    for parts in kinds_of_parts():
        parts.learnt(TEXTS)
        rows, columns, weights = parts.weighed(UNSEEN)
        for row, text in enumerate(UNSEEN):
            _, own_columns, own_weights = parts.weighed([text])
            alone = sorted(zip(own_columns, own_weights.round(9), strict=True))
            assert alone == sorted(zip(columns[rows == row], weights[rows == row].round(9), strict=True)), text


def test_what_was_learnt_stays_after_it_is_kept():
    for parts in kinds_of_parts():
        parts.learnt(TEXTS)
        kept = pickle.loads(pickle.dumps(parts))
        assert all(np.array_equal(*one) for one in zip(parts.weighed(UNSEEN), kept.weighed(UNSEEN), strict=True))


def test_distant_pairs_leave_out_neighbours_and_the_far_away():
    signs = np.array([1, 2, 3, 4, 5, 6, 7], np.uint64)
    pairs = {(int(pair) >> 16, int(pair) & 0xFFFF) for pair in distant_pairs(signs, FARTHEST)}
    assert (1, 3) in pairs and (1, 6) in pairs
    assert (1, 2) not in pairs and (1, 7) not in pairs


def test_a_slip_sounds_the_same():
    parts = NumberedParts(Named(syllables_of), rows_of, LONGEST_ROW)
    parts.learnt(TEXTS)
    assert np.array_equal(parts.weighed(["被案"])[1], parts.weighed(["备案"])[1])


def test_more_names_than_there_are_numbers_are_refused():
    names = Named(lambda text: map(str, range(2**16)))
    with pytest.raises(ValueError, match="16 bits"):
        names.learnt(["all of them"])
