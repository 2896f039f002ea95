"""The conversation: understanding, dialogue, storage and channel."""
