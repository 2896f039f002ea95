"""The routes of the care-plan API (contracts.md section 7), by what they are about."""
