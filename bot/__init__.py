"""An assistant for school staff who worry about a child: from a concern to a referral."""
