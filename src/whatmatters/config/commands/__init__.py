"""One file a command. Their top level stays light: what is heavy is imported inside ``run``."""


class Refused(Exception):
    """What the user asked cannot be done; the message says why and what to do instead."""
