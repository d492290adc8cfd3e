"""Runs the model's graph from its first node to its last, without dask, which plans it anew for every message."""

from __future__ import annotations

from functools import cache
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage


class StraightGraphRunner(GraphRunner):
    """The nodes a target needs, in an order that is worked out once for each target."""

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema, self._nodes = schema, nodes
        self._in_order = cache(self._planned)

    @classmethod
    def create(
        cls, graph_schema: GraphSchema, model_storage: ModelStorage, execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> StraightGraphRunner:
        """Called by Rasa: every node is made (and its component loaded) at once."""
        return cls(graph_schema, {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        })

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """What each target gives. Raises GraphRunError for a node that needs what is neither a node nor an input."""
        results = dict(inputs or {})
        wanted = tuple(targets or self._schema.target_names)
        for name, needs in self._in_order(wanted):
            missing = [need for need in needs if need not in results]
            if missing:
                raise GraphRunError(f"{name} needs {', '.join(missing)}, which no node and no input gives")
            _, results[name] = self._nodes[name](*((need, results[need]) for need in needs))
        return {name: results[name] for name in wanted}

    def _planned(self, targets: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The nodes for these targets, each after those it needs, with the names of what it needs."""
        needed = self._schema.minimal_graph_schema(list(targets)).nodes
        ordered: dict[str, tuple[str, ...]] = {}

        def place(name: str) -> None:
            needs = tuple(dict.fromkeys(needed[name].needs.values()))
            for need in needs:
                if need in needed and need not in ordered:
                    place(need)
            ordered[name] = needs

        for name in needed:
            if name not in ordered:
                place(name)
        return tuple(ordered.items())
