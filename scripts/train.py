"""Trains the assistant's model and says where the time goes.

    python -m scripts.train models/assistant.tar.gz

Always trains whole: a changed dictionary file alone would not change Rasa's fingerprint.
"""

import sys
import threading
import time
from pathlib import Path

from server import quiet

quiet.keep_library_warnings_off_the_terminal()

from rasa.api import train  # noqa: E402 - after the line above, on purpose

from scripts.lighter_training import lighten  # noqa: E402

PROGRESS_SECONDS = 20


def say_that_it_goes_on(done: threading.Event, started: float) -> None:
    """A line now and then, so that nobody thinks it hangs."""
    while not done.wait(PROGRESS_SECONDS):
        print(f"      还在训练，已 {time.monotonic() - started:.0f} 秒……", flush=True)


def main(target: Path) -> int:
    """Trains; 0 when the model is there."""
    lighten()
    started, done = time.monotonic(), threading.Event()
    threading.Thread(target=say_that_it_goes_on, args=(done, started), daemon=True).start()
    try:
        result = train(
            "domain.yml", "config.yml", ["data"], output=str(target.parent),
            fixed_model_name=target.name.removesuffix(".tar.gz"), force_training=True,
        )
    finally:
        done.set()
    if result.code != 0 or not target.is_file():
        print("训练没有成功：上面几行写着原因。", file=sys.stderr)
        return 1
    print(f"      训练好了，用时 {time.monotonic() - started:.0f} 秒，{target.stat().st_size / 1e6:.0f} MB。")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
