"""Numbers in the digits of all scripts: the interpreter's `int` and `\\d` know those of ASCII alone."""


def ascii_digits(text):
    """The text with each decimal digit as one of ASCII."""
    if text.isascii():
        return text
    from unicodedata import decimal

    return "".join(char if (digit := decimal(char, None)) is None else str(digit) for char in text)
