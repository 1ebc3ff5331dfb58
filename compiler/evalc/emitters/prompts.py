"""The judge prompts of an eval, as a judge gets them."""

from evalc.checks._preview import PromptPreview, preview_prompts
from evalc.emitters.contract import EmittedFile, Emitter
from evalc.model.catalog import Spec


class PromptsEmitter(Emitter):
    """`prompts/`: each judge prompt, in the two messages that a judge gets, for people to read in a pull request.

    The first message depends on the criterion alone and stands once for all cases, in
    `prompts/rubrics/RUBRIC/CRITERION.system.txt`; that of a claim stands in `prompts/cases/CASE/`. The second depends
    on the case alone, `prompts/cases/CASE/user.txt`, unless a rubric shows its examples. So a change of a rubric shows
    once, and a change of a case where that case is. Words in `«»` stand for what only a run knows.
    """

    def emit(self, spec: Spec) -> tuple[EmittedFile, ...]:
        files: dict[str, str] = {}
        for case in spec.eval.cases:
            folder = "cases/" + case.id.split("/", 2)[-1]
            for preview in preview_prompts(case, spec.eval.rubrics):
                system, user = (message.text + "\n" for message in preview.question.messages)
                files.setdefault(f"prompts/{_system_path(preview, folder)}", system)
                files.setdefault(f"prompts/{folder}/{_user_name(preview)}", user)
        return tuple(EmittedFile(path, files[path]) for path in sorted(files))


def _system_path(preview: PromptPreview, folder: str) -> str:
    if preview.rubric:
        return f"rubrics/{preview.rubric}/{preview.question.name}.system.txt"
    return f"{folder}/{preview.check}.system.txt"


def _user_name(preview: PromptPreview) -> str:
    # Examples are shown with the verdict on the one criterion that is asked about.
    shown = [preview.rubric, preview.question.name] if preview.shows_examples else []
    return ".".join(filter(None, [preview.reply, *shown, "user", "txt"]))
