"""Parts of Rasa's pipeline that are ours. Runs in Rasa's own environment (Python 3.10); imports no room of ours."""
