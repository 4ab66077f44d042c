"""The directory: open to everyone to read, kept by those who know the groups and by the groups themselves."""
