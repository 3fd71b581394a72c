"""What the guide refuses, with the place of what is wrong."""


class PackError(ValueError):
    """A pack that does not fit: where (file and line, or path) and the reason."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class FactsError(ValueError):
    """Facts or a scenario that do not fit: the path (given.people[0].born) and the reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
