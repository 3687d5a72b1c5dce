"""What MASH does with a referral, step by step; each step is one transaction of the API or of a page."""
