"""Deciding together: the situations, the options, the conversation and the decision; and how it was for the person."""
