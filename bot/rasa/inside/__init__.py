"""What Rasa itself loads, in its own process: a channel and a featurizer.

It runs on Rasa's Python, which is 3.10, and on the versions of packages that Rasa pins. Nothing else of this project
imports it.
"""
