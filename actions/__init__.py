"""What the assistant does: rasa-sdk actions, thin, over the pure rules of `elicitation` and `safety`.

`actions.registry` builds them with what they need; `python -m rasa_sdk --actions actions` starts them as a server.
"""
