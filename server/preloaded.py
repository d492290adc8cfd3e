"""Imported by multiprocessing's fork server alone, whose forks talk (server/workers.py): it loads what they share.

A model that can't be loaded is left to the forks: each tries again, and what it raises is told to the one that serves.
"""

import logging

from server import __main__  # noqa: F401 - quiet and lean first
from server.workers import preload

try:
    preload()
except Exception:  # raised here it would end this process without a word to the one that serves
    logging.getLogger(__name__).exception("the model could not be loaded for all processes at once")
