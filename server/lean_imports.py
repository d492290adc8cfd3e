"""Libraries that Rasa imports for parts this assistant doesn't have: left out, they cost neither time nor memory.

Rasa's modules import TensorFlow for classifiers that config.yml doesn't name, and a client for every messenger and
database that Rasa can talk to. Before Rasa is imported, `leave_out()` puts stand-ins in their place. What is imported
from a stand-in can be named, subclassed and asked for in a type, and nothing else: using it raises LeftOut. Training
and Rasa's own commands don't call this and have everything.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

# What only parts of Rasa import that this project doesn't use: config.yml names no neural classifier, the server is
# the only channel (server/routes) and keeps the trackers itself (server/tracker_store.py).
NOT_NEEDED = (
    "tensorflow", "tensorflow_hub", "keras",
    "rasa.graph_components.validators.default_recipe_validator",  # looks at config.yml before training; imports DIET
    "aiogram", "fbmessenger", "mattermostwrapper", "rocketchat_API", "slack_sdk", "socketio", "twilio",
    "webexteamssdk", "google.oauth2",
    "aio_pika", "boto3", "botocore", "cachecontrol", "confluent_kafka", "pymongo",
    "apscheduler", "questionary",
)


class LeftOut(RuntimeError):
    """Something needs a library that is left out: take it from NOT_NEEDED."""


class _NamedOnly(type):
    """The class of what stands in for anything of such a library: it can be named, and nothing more."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise LeftOut(f"{cls.__name__} belongs to a library that server/lean_imports.py leaves out: see NOT_NEEDED")

    def __getitem__(cls, parameters: object) -> Any:
        return cls


class Absent(metaclass=_NamedOnly):
    """Whatever is imported from a library that is left out."""


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _StandIns(MetaPathFinder, Loader):
    """Finds a stand-in for each of the libraries and for whatever lies in them."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        is_left_out = fullname.startswith(self._names) and any(
            fullname == name or fullname.startswith(f"{name}.") for name in self._names
        )
        return ModuleSpec(fullname, self, is_package=True) if is_left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""


def leave_out(names: Sequence[str] = NOT_NEEDED) -> None:
    """From now on importing these gives stand-ins, except for those that are there already. Once is enough."""
    wanted = [name for name in names if name not in sys.modules]
    if wanted and not any(isinstance(finder, _StandIns) for finder in sys.meta_path):
        sys.meta_path.insert(0, _StandIns(wanted))
