"""What turns a text case of `tests/cases/PHASE/` into its made sections: one module a phase, found by its name.

A phase module has two names:

- `MAKES`, patterns (as of `fnmatch`) of the sections that the phase makes. All others are given to it.
- `make(sections, folder)`, which returns the made sections by name, in the order in which they are to stand.
  `sections` holds only the given ones; `folder` is empty and belongs to this case.

`tests.text_cases` has what most of them need: `write_files` and `scrub`.
"""
