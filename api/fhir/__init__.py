"""The FHIR side of the care plan, R4 (4.0.1): what programs read at `/fhir`, and the Bundle that leaves after a review.

Mapping modules are pure: they turn a dossier (all that is known of one visit) into resources, plain dictionaries.
"""
