"""What Matters: the six components of personalised care on one record, with numbers anyone can check."""
