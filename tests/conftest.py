"""For every test: Rasa is imported as lean as the server imports it."""

from server.lean_imports import leave_out

leave_out()
