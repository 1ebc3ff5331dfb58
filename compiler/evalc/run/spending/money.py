"""Amounts of money as people read them."""


def usd(amount: float) -> str:
    """US dollars with cents, or with two digits that say something where it is less than ten cents."""
    if not amount or amount >= 0.1:
        return f"${amount:,.2f}"
    digits = f"{amount:.2g}"
    return f"${float(digits):.10f}".rstrip("0") if "e" in digits else f"${digits}"
