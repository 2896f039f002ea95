"""What comes after the review: the care team, tasks, attainment, following over visits, sharing, the note back."""
