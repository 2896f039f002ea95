"""What a server has loaded stays until its end: the understanding, the rules, the stories, the libraries."""

import gc


def set_apart() -> None:
    """No collection of garbage looks at what is loaded by now, which would take longer than a turn.

    Nor does one in a worker copy the pages that all of them share. There is no collection first: loading leaves
    next to no garbage, and looking for it would make every start wait.
    """
    gc.freeze()
