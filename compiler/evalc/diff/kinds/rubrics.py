"""Kinds of changes of rubrics, told once with all cases that they reach."""

from evalc.diff.kinds.kind import Kind

RUBRIC_RENAMED = Kind(
    "rubric-renamed",
    "neutral",
    "the rubric `{before}` is now `{after}`",
    "A rubric with the same criteria has another name.",
)
SCALE_CHANGED = Kind(
    "scale-changed",
    "behaviour",
    "the scale is {after}, before {before}",
    "Scores mean something else. Bounds are compared as shares of the scale.",
)
RUBRIC_LOOSENED = Kind(
    "rubric-loosened",
    "weakened",
    "its rule {how}",
    "A condition behind a rubric's `pass when` asks for less, or is gone.",
)
RUBRIC_TIGHTENED = Kind(
    "rubric-tightened",
    "strengthened",
    "its rule {how}",
    "A condition behind a rubric's `pass when` is new or asks for more.",
)
RUBRIC_CHANGED = Kind(
    "rubric-changed",
    "behaviour",
    "its rule {how}",
    "A condition behind a rubric's `pass when` asks for something else, neither more nor less.",
)
RUBRIC_REWORDED = Kind(
    "rubric-reworded", "neutral", "its rule is written in other words", "Another `pass when` that asks for the same."
)
CRITERION_ADDED = Kind(
    "criterion-added",
    "strengthened",
    "the criterion is new",
    "A rubric looks at one thing more, and no mean is taken over it.",
)
CRITERION_JOINED_MEAN = Kind(
    "criterion-joined-mean",
    "behaviour",
    "the criterion is new, and the mean is taken over it too",
    "A rubric looks at one thing more. An easy criterion raises the mean that decides, a hard one lowers it.",
)
CRITERION_REMOVED = Kind(
    "criterion-removed", "weakened", "the criterion is gone", "A rubric no longer looks at something."
)
CRITERION_RENAMED = Kind(
    "criterion-renamed", "neutral", "`{before}` is now `{after}`", "A criterion with the same text has another name."
)
CRITERION_REQUIRED = Kind(
    "criterion-required", "strengthened", "the criterion is required now", "It alone can fail an answer."
)
CRITERION_OPTIONAL = Kind(
    "criterion-optional", "weakened", "the criterion is no longer required", "It alone can no longer fail an answer."
)
CRITERION_INVERTED = Kind(
    "criterion-inverted", "behaviour", "the criterion {how}", "`forbidden` came or went: the opposite passes."
)
WEIGHT_CHANGED = Kind(
    "weight-changed",
    "behaviour",
    "its weight is {after}, before {before}",
    "A criterion counts more or less in the mean.",
)
QUESTION_CHANGED = Kind(
    "question-changed",
    "behaviour",
    "{what} says something else ({reason})",
    "What a judge is told by a title or an `about` changed, or it is not plain that it says the same.",
)
QUESTION_REWORDED = Kind(
    "question-reworded",
    "neutral",
    "{what} says the same in other words",
    "A few plain words of a title or an `about` were replaced.",
)
QUESTION_REFLOWED = Kind(
    "question-reflowed", "cosmetic", "{what} has other line ends", "A title or an `about` has other line ends."
)
ANCHOR_CHANGED = Kind(
    "anchor-changed",
    "behaviour",
    "the anchor {score} says something else ({reason})",
    "What earns a score changed, or it is not plain that it says the same.",
)
ANCHOR_REWORDED = Kind(
    "anchor-reworded",
    "neutral",
    "the anchor {score} says the same in other words",
    "A few plain words of an anchor were replaced.",
)
ANCHOR_REFLOWED = Kind(
    "anchor-reflowed", "cosmetic", "the anchor {score} has other line ends", "An anchor has other line ends."
)
ANCHOR_ADDED = Kind("anchor-added", "behaviour", "the anchor {score} is new", "A score that had no text has one.")
ANCHOR_REMOVED = Kind("anchor-removed", "behaviour", "the anchor {score} is gone", "A score no longer has a text.")
JUDGING_CHANGED = Kind(
    "judging-changed",
    "behaviour",
    "{how}",
    "A judge sees the examples of a case, or no longer does.",
)
RUBRIC_REPLACED = Kind(
    "rubric-replaced",
    "behaviour",
    "it is graded by another rubric of the name `{before}`",
    "A case moved to another eval, where a rubric of the same name says something else.",
)
