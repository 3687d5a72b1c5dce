"""Cases with a known outcome, answered through the JSON API as a member of staff would answer them."""
