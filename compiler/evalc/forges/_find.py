"""Which forge a job runs for."""

from collections.abc import Mapping

from evalc.base.family import members
from evalc.forges.contract import Forge


def find_forge(environment: Mapping[str, str], *, number: int | None) -> Forge | None:
    """The forge whose job has this environment, or None where it is a job of none that is known.

    Args:
        number: The pull request, where the environment does not say it.

    Raises:
        WrongSetting: It is a forge's job, and something lacks.
    """
    found = (forge.here(environment, number=number) for _, forge in members("evalc.forges", Forge))
    return next((forge for forge in found if forge), None)
