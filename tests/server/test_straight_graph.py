"""A graph run straight gives what dask gives."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from server.straight_graph import StraightGraphRunner


class Adds(GraphComponent):
    """Adds what comes in, and its own number; counts how often it ran."""

    runs = 0

    def __init__(self, config: dict[str, Any]) -> None:
        self._own = config["own"]

    @classmethod
    def create(cls, config, *_: Any, **__: Any):
        return cls(config)

    def add(self, **numbers: int) -> int:
        Adds.runs += 1
        return self._own + sum(numbers.values())

    def add_two(self, left: int, right: int) -> int:
        return self.add(left=left, right=right)

    def add_one(self, only: int) -> int:
        return self.add(only=only)


def node(own: int, fn: str, is_target: bool = False, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Adds, "create", fn, {"own": own}, eager=True, is_target=is_target)


# `last` stands first and needs what stands after it; `first` serves two; nobody needs `aside`.
SCHEMA = GraphSchema({
    "last": node(1000, "add_two", is_target=True, left="one", right="two"),
    "one": node(10, "add_one", only="first"),
    "two": node(100, "add_two", left="first", right="given"),
    "first": node(1, "add_one", only="given"),
    "aside": node(7, "add_one", only="given"),
})


@pytest.fixture(params=[DaskGraphRunner, StraightGraphRunner])
def runner(request, tmp_path):
    Adds.runs = 0
    return request.param.create(SCHEMA, LocalModelStorage.create(tmp_path), ExecutionContext(SCHEMA, "model"))


def test_every_node_a_target_needs_runs_once(runner):
    assert runner.run({"given": 5}, ["last"]) == {"last": 1000 + (10 + 6) + (100 + 6 + 5)}
    assert Adds.runs == 4
    assert runner.run({"given": 0}, ["last"]) == {"last": 1000 + 11 + 101}


def test_targets_are_those_asked_for_or_the_schemas_own(runner):
    assert runner.run({"given": 1}, ["one", "aside"]) == {"one": 12, "aside": 8}
    assert list(runner.run({"given": 1})) == ["last"]


def test_what_nobody_gives_is_named(tmp_path):
    straight = StraightGraphRunner.create(SCHEMA, LocalModelStorage.create(tmp_path), ExecutionContext(SCHEMA, "model"))
    with pytest.raises(GraphRunError, match="first needs given"):
        straight.run({}, ["last"])
