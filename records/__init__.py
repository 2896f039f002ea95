"""What both SQL stores share: the database engine, sealed columns, keys and the migration runner.

Knows nothing of goals or conversations: those are tables of `api/db` and `bot/store`.
"""
