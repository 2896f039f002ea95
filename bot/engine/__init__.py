"""The built-in engine: reads genuine Rasa 3.6 files and runs the dialogue they describe."""
