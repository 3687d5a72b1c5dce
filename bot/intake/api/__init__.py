"""The API of the contract: tokens, referrals, events, webhooks."""
