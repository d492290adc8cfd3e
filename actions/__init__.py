"""Rasa actions: slots in, service call, replies out. Nothing opens at import."""
