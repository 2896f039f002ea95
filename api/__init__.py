"""The care-plan API: what people said, kept and shown to the practice; its routes, access rules and database."""
