"""The use cases: what the assistant decides and keeps, the same for every channel."""
