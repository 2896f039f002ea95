"""The composition root: settings, putting the parts together, and the command line. Nothing imports it."""
