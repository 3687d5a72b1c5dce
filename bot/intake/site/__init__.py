"""The pages of MASH: queue, referral, steps, agencies' answers."""
