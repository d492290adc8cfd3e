"""The clauses of a message, so that a second question in it is heard as well."""

import re

MOST_CLAUSES = 8
SHORTEST = 4
BETWEEN = re.compile(r"[,，。.!！?？;；、\n~…]+|(?<=.)(?=还有|另外|顺便|再问|再一个|再就是|以及|还想问|第二|其次)")


def clauses_of(text: str) -> list[str]:
    """The clauses that are long enough to ask something, the last MOST_CLAUSES of them; [] for a single one."""
    clauses = [part for part in BETWEEN.split(text) if len(part) >= SHORTEST]
    return clauses[-MOST_CLAUSES:] if len(clauses) > 1 else []
