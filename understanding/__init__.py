"""Our own parts of Rasa's language pipeline: normalising, closed-set words, roles of places."""
