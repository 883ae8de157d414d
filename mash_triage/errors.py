"""The refusals: a no, in words that somebody can act on. Anything else is a fault."""


class Refused(Exception):
    """The service says no, with one sentence for the practitioner."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotAllowed(Refused):
    """This person may not."""

    def __init__(self, words: str = "Your role does not include this.") -> None:
        super().__init__(words)


class NotFound(Refused):
    """No such thing, or not theirs to see: the same words for both."""

    def __init__(self, words: str = "We could not find that, or it is not yours to see.") -> None:
        super().__init__(words)


class NotReady(Refused):
    """A rule is not met yet; the sentence says what is missing."""


class Changed(Refused):
    """Somebody else was faster; nothing was overwritten."""


class NotStored(Refused):
    """The database could not keep what was sent, so nothing was received."""


class NotAvailable(Refused):
    """The database cannot be used as it is; the sentence says why, and what an operator does."""
