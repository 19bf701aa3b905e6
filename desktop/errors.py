"""Errors a person can mend, told in sentences. Anything else that is raised is a bug of ours."""


class KnownError(Exception):
    """Something the person can understand and act on.

    what: what happened, naming the file or address. safe: what is safe or unchanged. do: what to do next.
    Each is one plain sentence with its full stop, in British English, with no exception's name in it.
    """

    def __init__(self, what: str, safe: str = "", do: str = "") -> None:
        super().__init__(" ".join(part for part in (what, safe, do) if part))
        self.what, self.safe, self.do = what, safe, do
