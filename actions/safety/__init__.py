"""Danger: deterministic rules in every language at once, and the numbers to call (product.md 2.4)."""

from actions.safety.contacts import Contact, Contacts
from actions.safety.errors import SafetyDataError
from actions.safety.rules import NO_DANGER, Danger, SafetyRules

__all__ = ["NO_DANGER", "Contact", "Contacts", "Danger", "SafetyDataError", "SafetyRules"]
