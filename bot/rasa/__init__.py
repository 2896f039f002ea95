"""Rasa 3.6 as the engine: a process of its own on this machine, reached by `engine`; `inside` is what Rasa loads.

Rasa keeps nothing. Each turn takes the conversation's events along and brings the new ones back, so that what people
said is stored in one place only, encrypted, and a turn counts whole or not at all.
"""
