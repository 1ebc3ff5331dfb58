"""How many tokens a text is likely to be, without a model's own tokenizer."""

# English prose is about four bytes a token with the tokenizers of today; code, figures and other scripts are fewer.
_FEWEST_BYTES, _USUAL_BYTES, _MOST_BYTES = 2.5, 4.0, 5.0


def likely_tokens(size: int) -> int:
    """About how many tokens a text of so many bytes of UTF-8 is."""
    return round(size / _USUAL_BYTES)


def token_bounds(size: int) -> tuple[int, int]:
    """Between how many tokens a text of so many bytes of UTF-8 is, whatever the tokenizer."""
    return int(size / _MOST_BYTES), round(size / _FEWEST_BYTES)
