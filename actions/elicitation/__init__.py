"""Goal elicitation as pure rules: what was said, what it lacks, and which question comes next.

Standard library only; no Rasa, no database, no sentence that a person reads.
"""
