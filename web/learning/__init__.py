"""Short pages to learn from: for professionals, for patients, for caregivers; each takes under five minutes."""
