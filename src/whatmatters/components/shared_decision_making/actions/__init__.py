"""What can be done with a decision: each act writes its row, its event and its audit entry together."""
