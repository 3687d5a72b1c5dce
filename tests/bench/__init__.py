"""Speed, memory and start-up, beside the stock Rasa assistant in the same run. Never a timed test."""
