"""The chat page of patients and informal caregivers: views, presenters; works without JavaScript."""
