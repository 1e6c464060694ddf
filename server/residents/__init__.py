"""People without an account: the label in the lift, what they report by it, and how it goes on."""
