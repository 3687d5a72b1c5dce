"""Ways of reading messages, side by side: what a decision on the pipeline rests on (docs/decisions/0007)."""
