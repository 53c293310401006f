"""The receipt of a submission: six signs that can be read out and copied by hand."""

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits without 0, O, 1, I and L, which look alike on paper."""

RECEIPTS = len(ALPHABET) ** 6


def receipt_code(number: int) -> str:
    """The receipt with this number, like `N4K7-22`; ValueError outside 0 to RECEIPTS - 1."""
    if not 0 <= number < RECEIPTS:
        raise ValueError(f"{number} is not the number of a receipt")
    signs = []
    for _ in range(6):
        number, index = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[index])
    return f"{''.join(signs[:4])}-{''.join(signs[4:])}"
