"""Who is to judge, as a command line names it."""

import sys

from evalc.model.settings import Policy
from evalc.planning.panels import Judge, find_judge, missing_judge


def choose_judge(name: str, policy: Policy) -> Judge | None:
    """The judge or panel that a policy calls by a name; None, after saying so, where there is none."""
    judge = find_judge(name, policy)
    if judge is None:
        print(f"evalc: {missing_judge(name, policy)}", file=sys.stderr)
    return judge
