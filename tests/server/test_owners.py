"""A conversation stays with one process; a new one goes where the fewest are waiting."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from server.owners import Owners


@dataclass(eq=False)
class _Process:
    waiting: int = 0


@pytest.fixture
def processes():
    return [_Process(), _Process(), _Process()]


def test_conversations_are_shared_out_evenly_while_nobody_waits(processes):
    owners = Owners(processes, lambda *_: None)
    shares = [owners.of(f"c{n}") for n in range(9)]
    assert [shares.count(process) for process in processes] == [3, 3, 3]


def test_a_new_conversation_goes_where_the_fewest_are_waiting(processes):
    owners = Owners(processes, lambda *_: None)
    processes[0].waiting, processes[1].waiting, processes[2].waiting = 2, 0, 1
    assert {id(owners.of(f"c{n}")) for n in range(5)} == {id(processes[1])}


def test_a_conversation_stays_where_it_began_however_many_wait_there(processes):
    owners = Owners(processes, lambda *_: None)
    own = owners.of("mine")
    own.waiting = 50
    assert owners.of("mine") is own


def test_the_one_not_heard_of_for_longest_is_given_up_by_its_own_process(processes):
    given_up = []
    owners = Owners(processes, lambda process, conversation: given_up.append((process, conversation)), most=3)
    first, second = owners.of("a"), owners.of("b")
    owners.of("c"), owners.of("a")  # so that b is now the one
    owners.of("d")
    assert given_up == [(second, "b")]
    assert owners.of("a") is first


def test_what_is_forgotten_is_given_up_once_and_may_begin_elsewhere(processes):
    given_up = []
    owners = Owners(processes, lambda process, conversation: given_up.append((process, conversation)))
    own = owners.of("mine")
    own.waiting = 1
    owners.forget("mine")
    owners.forget("mine")
    owners.forget("never heard of")
    assert given_up == [(own, "mine")]
    assert owners.of("mine") is not own


def test_many_asking_at_once_are_told_the_same(processes):
    owners = Owners(processes, lambda *_: None)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda n: (n % 20, owners.of(f"c{n % 20}")), range(2_000)))
    assert len({(n, id(owner)) for n, owner in told}) == 20
