"""The waiting room's tablet: it starts from a short code, warns when nobody is there, and keeps nothing."""
