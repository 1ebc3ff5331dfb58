"""Mistakes in the layout: indentation, texts that belong to no field, characters that nobody sees."""

from evalc.base.diagnostic import Code

TAB_INDENT = Code(
    "tab-indent",
    "error",
    "a tab stands where spaces indent",
    "A level is two spaces. How wide a tab is depends on who looks, so a reader could see another structure than "
    "evalc does. Behind the indentation of a text, tabs are part of the text and stay.",
    wrong="case france: France\n\tseverity: high\n",
    right="case france: France\n  severity: high\n",
)

WRONG_INDENT = Code(
    "wrong-indent",
    "error",
    "{what} stands in column {column} instead of {wanted}",
    "Items such as `case` begin in column 1, their fields, checks and nested blocks in column 3, the fields of nested "
    "blocks in column 5. The text of a field stands two columns further right than its name, or more.",
    wrong="case france: France\n    severity: high\n",
    right="case france: France\n  severity: high\n",
)

TEXT_NOT_INDENTED = Code(
    "text-not-indented",
    "error",
    "this text stands in column {column}, so it is not part of `{field}`",
    "The text of a field is every line below it that is indented further than its name. Pasted text needs one indent "
    "command of the editor and no other change.",
    wrong="case france: France\n  input:\nWhat is the capital of France?\n",
    right="case france: France\n  input:\n    What is the capital of France?\n",
)

SPLIT_TEXT = Code(
    "split-text",
    "error",
    "the text of `{field}` begins behind its colon and goes on below",
    "A value is one line behind the colon, or any number of lines below it, never both.",
    wrong="case france: France\n  input: What is the capital\n    of France?\n",
    right="case france: France\n  input:\n    What is the capital\n    of France?\n",
)

COMMENT_IN_TEXT = Code(
    "comment-in-text",
    "error",
    "this line is cut off from the text of `{field}` by a comment",
    "A line that begins with `#` further left than the text is a comment, and a comment ends the text. Inside of a "
    "text there are no comments: indented like the text, the line is part of it.",
    wrong="case france: France\n  input:\n    What is the capital\n# not the largest city\n    of France?\n",
    right="case france: France\n  # not the largest city\n  input:\n    What is the capital\n    of France?\n",
)

STRAY_LINE = Code(
    "stray-line",
    "error",
    "this line belongs to nothing",
    "Every line is an item, a field, a check, a nested block, a comment, or text below a field. This one is none of "
    "them, so nothing would ever read it.",
    wrong="case france: France\n  The capital is well known.\n",
    right="case france: France\n  # The capital is well known.\n",
)

HIDDEN_CHARACTER = Code(
    "hidden-character",
    "error",
    "there is a character here that nobody sees: {name}",
    "Characters that are invisible, or that turn the direction of writing round, make a line read otherwise than it "
    "is. They may stand in the text of a field alone, where they are shown as escapes.",
    wrong="case france: Fra\u200bnce\n",
    right="case france: France\n",
)

MERGE_CONFLICT = Code(
    "merge-conflict",
    "error",
    "a merge was not finished here",
    "Git left both versions in the file, between lines of `<`, `=` and `>`, for a person to choose.",
    wrong="<<<<<<< HEAD\ncase france: France\n=======\ncase france: Paris\n>>>>>>> main\n",
    right="case france: France\n",
)

TOO_MANY_MISTAKES = Code(
    "too-many-mistakes",
    "error",
    "the first {count} mistakes are listed, there are more",
    "A file with that many mistakes is probably of another format. The rest shows when the first ones are cured.",
    wrong="case A: A\n" * 101,
    right="case france: France\n",
)
