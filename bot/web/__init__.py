"""The school's door: sign-in, chat, referrals, officers' pages and the JSON API."""
