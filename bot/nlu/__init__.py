"""Understanding what a person typed: which move it is, or content; and in which language."""
