"""The pages of clinicians: signing in, the visits of a day, one visit on one screen; work without JavaScript."""
