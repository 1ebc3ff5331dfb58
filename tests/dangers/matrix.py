"""What untrusted specs and answers could do, what evalc does about it, and the tests that show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A danger and what evalc does about it, as the table in the guide says it, and the tests, each `path::name`.

    A text case is named by its path alone.
    """

    danger: str
    does: str
    shown_by: tuple[str, ...]


_CHECKOUT = "tests/dangers/test_checkout.py::test_nothing_of_a_checkout_runs_and_nothing_else_is_read"
_NAMED = "tests/dangers/test_checkout.py::test_a_danger_is_named_and_does_no_harm"
_PRINTED = "tests/dangers/test_answers.py::test_nothing_that_is_printed_is_a_command"
_LIMITS = "tests/analysis/test_hostile.py::test_a_hostile_catalog_is_told_within_limits"
_READING = "tests/base/test_reading.py"
_PARSER = "tests/syntax/test_parser.py"
_NETWORK = "tests/faults/test_network.py"

GROUPS = {
    "What a spec may try": (
        Row(
            "a file without end, folders in folders, a chain of `use`",
            "limits, each with a finding: 1 MiB a spec, 64 MiB a data file, 20,000 rows a case, 200 uses, 64 folders "
            "and 64 levels of JSON; sizes are counted while reading, never believed",
            (
                _NAMED,
                _LIMITS,
                f"{_READING}::test_a_large_file_is_refused",
                f"{_READING}::test_a_size_is_what_was_read",
                f"{_READING}::test_folders_without_end_are_refused",
                "tests/analysis/test_values.py::test_json_may_be_as_deep_as_the_limit",
                "tests/analysis/test_compilation.py::test_a_chain_of_uses_longer_than_the_limit_is_refused",
            ),
        ),
        Row(
            "a text that costs a parser its square",
            "grammars without conflicts, read in time that grows with the text; at most 100 findings of a level a file",
            (
                f"{_PARSER}::test_a_hostile_file_costs_no_more_than_its_size",
                f"{_PARSER}::test_the_grammars_are_without_conflict",
                "tests/cases/analysis/findings-without-end.txt",
            ),
        ),
        Row(
            "a file that is code: a plug-in, a hook, a module with a known name, a pickle",
            "runs none and unpickles nothing; caches are JSON, private to the user",
            (_CHECKOUT, "tests/dangers/test_package.py::test_nothing_is_made_code"),
        ),
        Row(
            "attributes, filters, hooks and pagers of git",
            "asks git by commands that use none of them and fetch nothing",
            (_CHECKOUT, "tests/history/test_sides.py::test_nothing_is_written_and_no_hook_or_filter_runs"),
        ),
        Row(
            "an address, a header, a command or a key",
            "has no word for any; a check, a build, a diff and a site of `--plain` use no network and no environment",
            (_CHECKOUT, _NAMED, "tests/cases/analysis/mistaken-endpoint-in-a-spec.txt"),
        ),
        Row(
            "a path that leads out",
            "paths are plain names joined by `/`, opened one in another, below the catalog's folder",
            (
                _NAMED,
                f"{_READING}::test_no_path_leaves_the_folder",
                f"{_READING}::test_odd_paths_lead_nowhere",
                "tests/analysis/test_values.py::test_no_path_leads_out_of_the_catalog",
                "tests/cases/analysis/paths-that-lead-out.txt",
            ),
        ),
        Row(
            "a symbolic link, a pipe, a device, or a folder that is swapped while it is read",
            "follows no link, and reads regular files only",
            (
                _NAMED,
                f"{_READING}::test_links_are_not_followed",
                f"{_READING}::test_only_regular_files_are_read",
                f"{_READING}::test_a_folder_swapped_for_a_link_on_the_way_is_refused",
            ),
        ),
        Row(
            "UTF-16, NUL, half a letter",
            "refuses it and names the byte; a byte order mark is fine, and line ends of Windows are read as others",
            (
                _NAMED,
                f"{_READING}::test_what_is_no_text_is_refused_with_its_place",
                f"{_READING}::test_lines_of_a_spec_end_in_line_feeds",
            ),
        ),
        Row(
            "letters that nobody sees, or that turn the text round",
            "errors outside of prose; inside of it they stay, and are spelled out wherever they are shown",
            (
                _NAMED,
                "tests/cases/syntax/text-hidden-characters.txt",
                "tests/base/test_render.py::test_what_is_hidden_is_shown",
                "tests/pages/test_legible.py::test_no_page_holds_a_hidden_character",
            ),
        ),
        Row(
            "a pattern that takes for ever",
            "RE2, whose time grows with the text; a search is not begun where program times text is too large",
            (
                _NAMED,
                "tests/checks/test_bounds.py::test_a_search_that_could_take_too_long_is_not_begun",
                "tests/cases/analysis/mistaken-match-lookahead.txt",
            ),
        ),
        Row(
            "a JSON Schema that refers to the network or to files, or that is too deep",
            "refers to nothing outside of itself, and has a depth",
            (_NAMED, _LIMITS, "tests/cases/analysis/schemas-that-cannot-be-used.txt"),
        ),
        Row(
            "a template: `{{name}}` in a cell, Jinja, `${...}`",
            "fills `{{name}}` in once, for names that are declared; all else is text",
            (
                _CHECKOUT,
                "tests/analysis/test_values.py::test_slots_are_filled_in_one_pass",
                "tests/cases/analysis/replaced-text-is-not-read-again.txt",
            ),
        ),
    ),
    "What an answer may try": (
        Row(
            "a redirect, or a server that asks for the key",
            "follows none; a key goes to its own address, and nowhere else",
            (
                f"{_NETWORK}::test_the_key_goes_to_its_server_and_nowhere_else",
                "tests/targets/test_openai.py::test_a_redirect_gets_neither_question_nor_key",
            ),
        ),
        Row(
            "the key in an answer, an error or a judge's reason",
            "writes `[secret NAME]` for it, also where it is escaped, in base64 or in a URL",
            (
                "tests/dangers/test_answers.py::test_no_key_is_in_anything_that_is_printed_or_written",
                "tests/store/test_log.py::test_no_secret_is_in_anything_that_is_written",
                "tests/cli/test_watch.py::test_no_secret_is_told",
            ),
        ),
        Row(
            "an answer without end, or one that unpacks to gigabytes",
            "counts while it reads, and unpacks no more than an answer may have; each attempt has a deadline",
            (f"{_NETWORK}::test_each_fault_ends_as_the_matrix_says",),
        ),
        Row(
            "code, or deep JSON",
            "never runs an answer, and reads it to a depth",
            (
                "tests/dangers/test_package.py::test_nothing_is_made_code",
                "tests/checks/test_bounds.py::test_an_answer_of_any_shape_is_decided",
            ),
        ),
        Row(
            "HTML, Markdown and links on a page",
            "shows it as escaped text; a page allows no script but its own",
            (
                "tests/dangers/test_answers.py::test_nothing_on_a_page_is_markup",
                "tests/site/test_hostile.py::test_no_payload_does_anything_on_any_page",
                "tests/site/test_hostile.py::test_the_policy_stops_a_script_that_got_in",
            ),
        ),
        Row(
            "controls of a terminal, and letters that nobody sees",
            "prints them as escapes, in JSON too",
            (_PRINTED, "tests/diff/test_outputs.py::test_a_terminal_gets_no_controls_of_others"),
        ),
        Row(
            "a command of a GitHub workflow",
            "is never at the beginning of a line",
            (
                _PRINTED,
                "tests/exporters/test_exporters.py::test_no_line_is_a_command_of_a_workflow",
                "tests/base/test_render.py::test_a_spec_cannot_forge_a_command_of_github",
            ),
        ),
        Row(
            "a formula in CSV",
            "a cell that begins with `=`, `+`, `-` or `@` has an apostrophe before it",
            ("tests/exporters/test_exporters.py::test_no_cell_is_a_formula",),
        ),
        Row(
            "what no XML may hold",
            "is spelled out in JUnit",
            ("tests/exporters/test_exporters.py::test_junit_has_the_shape_that_ci_systems_read",),
        ),
        Row(
            "words to the judge",
            "are fenced as data and made visible; a reply counts only in the form "
            "and with the proof that was asked for",
            (
                "tests/judge/test_attacks.py::test_no_answer_talks_a_gullible_judge_into_passing_it",
                "tests/judge/test_reply.py::test_a_reply_that_is_amiss_is_not_used",
            ),
        ),
        Row(
            "a program that is a target",
            "is named by the policy alone, is run without a shell, sees what it is given, and ends "
            "with all that it began",
            (
                "tests/targets/test_command.py::test_no_shell_reads_the_command",
                "tests/targets/test_command.py::test_a_program_sees_no_more_than_it_is_given",
                "tests/targets/test_command.py::test_what_a_program_started_ends_with_it",
            ),
        ),
    ),
}
