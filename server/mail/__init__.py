"""Mail between whoever writes it and the mail server: an outbox, words, one connection."""
