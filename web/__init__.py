"""The pages people see: the patient's and caregiver's chat, and the clinician's screens."""
