"""The pure domain of goal-oriented care: goals and what may happen to them, areas of life, people and their roles.

Standard library only. Everything else (SQL, HTTP, the conversation) is built around it.
"""
