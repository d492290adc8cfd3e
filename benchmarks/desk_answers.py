"""How fast the desk's server answers an agent's lines and finds provisions, over HTTP on this machine.

    python -m benchmarks.desk_answers

512 different lines, one after the other, each a request of its own. Ends the server it started.
"""

import time

import httpx

from benchmarks.desk_measured import AGENT, PASSWORD, lines, processor_seconds, serving, told

SENTENCES = (
    "我妈在威海参保长期住在女儿家，想请教一下那边开的药能不能进我们这边的范围",
    "老人跟着儿子住在外地好几年了，医保还是杭州的，生病了该怎么弄才划算一点",
)
WARMING_UP = 20


def seconds_of(client: httpx.Client, path: str, asked: list[str]) -> list[float]:
    """Seconds of each request."""
    found = []
    for line in asked:
        began = time.perf_counter()
        client.get(path, params={"q": line}).raise_for_status()
        found.append(time.perf_counter() - began)
    return found


def main() -> None:
    """Prints medians and 99th percentiles, and the processor's share, in which nothing else counts."""
    with serving() as (url, pid), httpx.Client(base_url=url, timeout=60) as client:
        login = client.post("/desk/login", json={"officer_id": AGENT, "password": PASSWORD}).json()
        client.headers["Authorization"] = f"Bearer {login['token']}"
        seconds_of(client, "/desk/answers", lines()[:WARMING_UP])
        for title, path, asked in (
            ("a line, by its words", "/desk/answers", lines()),
            ("a sentence, heard by the model", "/desk/answers", [*SENTENCES] * 50),
            ("provisions by full text", "/desk/provisions", lines()),
        ):
            before = processor_seconds(pid)
            print(told(title, seconds_of(client, path, asked)), end="; ")
            print(f"processor {(processor_seconds(pid) - before) / len(asked) * 1000:.1f} ms each", flush=True)


if __name__ == "__main__":
    main()
