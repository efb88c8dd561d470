"""`phaen check`: whether the indexes agree with the store, and their repair."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.cli.command import DONE, FAILURES, Call, option, subcommand
from api.cli.output import write, write_json
from api.cli.progress import Stages
from api.text.messages import message

if TYPE_CHECKING:
    from kb.checking import Finding

_BEYOND_REPAIR = ("store-damaged", "references-broken")


@subcommand("check")
@option("--repair", is_flag=True)
def command(call: Call, repair: bool) -> int:
    """Compare the indexes with the store; exit 1 if something wrong was not repaired."""
    from kb.checking import check

    stages = Stages()
    with call.open() as kb:
        findings = check(kb, repair=repair, progress=stages)
    stages.close()
    wrong = [finding for finding in findings if not finding.repaired]
    if call.json:
        listed = [finding.to_dict() for finding in findings]
        write_json({"sound": not wrong, "findings": listed})
        return FAILURES if wrong else DONE
    for finding in findings:
        write(
            message(_verdict(finding), what=message(f"finding-{finding.code}", count=finding.count))
        )
    if not findings:
        write(message("check-sound"))
    return FAILURES if wrong else DONE


def _verdict(finding: Finding) -> str:
    if finding.repaired:
        return "check-mended"
    return "check-beyond-repair" if finding.code in _BEYOND_REPAIR else "check-wrong"
