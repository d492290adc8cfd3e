"""Whether the filing store is whole: `python -m services.check`."""

from __future__ import annotations

import sys

from services import bootstrap
from services.database import DatabaseUnusable
from services.filing_records import FilingProblem
from services.secrets_box import SecretsBoxError

MOST_SHOWN = 100


def main() -> int:
    """0 and a line when all is well; 1 with a line for each fault; 2 when the store cannot be opened."""
    try:
        store = bootstrap.filing_store()
        faults = list(store.faults())
        with store.transaction():
            total, listed = store.filings.count(), store.papers.ids()
    except (DatabaseUnusable, SecretsBoxError, FilingProblem) as problem:
        print(f"the store cannot be checked: {problem}", file=sys.stderr)
        return 2
    faults += [f"paper {paper_id} is on the list, but its file is missing" for paper_id in sorted(
        listed - set(bootstrap.paper_files().known())
    )]
    for fault in faults[:MOST_SHOWN]:
        print(fault)
    verdict = f"{len(faults):,} faults. Restore a backup." if faults else "no fault"
    print(f"{total:,} filings, {len(listed):,} papers: {verdict}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
