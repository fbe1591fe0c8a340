"""Functions of text."""

from django._absent import absent
from django.db.models.expressions import Func, Value


class Chr(Func):
    function = "CHR"
    _djr_function = "Chr"
    lookup_name = "chr"
    arity = 1


class Length(Func):
    function = "LENGTH"
    _djr_function = "Length"
    lookup_name = "length"
    arity = 1


class Lower(Func):
    function = "LOWER"
    _djr_function = "Lower"
    lookup_name = "lower"
    arity = 1


class LTrim(Func):
    function = "LTRIM"
    _djr_function = "LTrim"
    lookup_name = "ltrim"
    arity = 1


class MD5(Func):
    function = "MD5"
    _djr_function = "MD5"
    lookup_name = "md5"
    arity = 1


class Ord(Func):
    function = "ASCII"
    _djr_function = "Ord"
    lookup_name = "ord"
    arity = 1


class Reverse(Func):
    function = "REVERSE"
    _djr_function = "Reverse"
    lookup_name = "reverse"
    arity = 1


class RTrim(Func):
    function = "RTRIM"
    _djr_function = "RTrim"
    lookup_name = "rtrim"
    arity = 1


class SHA1(Func):
    function = "SHA1"
    _djr_function = "SHA1"
    lookup_name = "sha1"
    arity = 1


class SHA224(Func):
    function = "SHA224"
    _djr_function = "SHA224"
    lookup_name = "sha224"
    arity = 1


class SHA256(Func):
    function = "SHA256"
    _djr_function = "SHA256"
    lookup_name = "sha256"
    arity = 1


class SHA384(Func):
    function = "SHA384"
    _djr_function = "SHA384"
    lookup_name = "sha384"
    arity = 1


class SHA512(Func):
    function = "SHA512"
    _djr_function = "SHA512"
    lookup_name = "sha512"
    arity = 1


class StrIndex(Func):
    function = "INSTR"
    _djr_function = "StrIndex"
    arity = 2


class Trim(Func):
    function = "TRIM"
    _djr_function = "Trim"
    lookup_name = "trim"
    arity = 1


class Upper(Func):
    function = "UPPER"
    _djr_function = "Upper"
    lookup_name = "upper"
    arity = 1


class Concat(Func):
    function = "CONCAT"
    _djr_function = "Concat"

    def __init__(self, *expressions, **extra):
        if len(expressions) < 2:
            raise ValueError("Concat must take at least two expressions")
        super().__init__(*expressions, **extra)


class ConcatPair(Concat):
    def __init__(self, first, second, **extra):
        super().__init__(first, second, **extra)


def checked_length(length):
    if not hasattr(length, "resolve_expression") and length < 1:
        raise ValueError("'length' must be greater than 0.")
    return length


class Left(Func):
    function = "LEFT"
    _djr_function = "Left"

    def __init__(self, expression, length, **extra):
        super().__init__(expression, checked_length(length), **extra)


class Right(Left):
    function = "RIGHT"
    _djr_function = "Right"


class LPad(Func):
    function = "LPAD"
    _djr_function = "LPad"

    def __init__(self, expression, length, fill_text=Value(" "), **extra):
        if not hasattr(length, "resolve_expression") and length is not None and length < 0:
            raise ValueError("'length' must be greater or equal to 0.")
        super().__init__(expression, length, fill_text, **extra)


class RPad(LPad):
    function = "RPAD"
    _djr_function = "RPad"


class Repeat(Func):
    function = "REPEAT"
    _djr_function = "Repeat"

    def __init__(self, expression, number, **extra):
        if not hasattr(number, "resolve_expression") and number is not None and number < 0:
            raise ValueError("'number' must be greater or equal to 0.")
        super().__init__(expression, number, **extra)


class Replace(Func):
    function = "REPLACE"
    _djr_function = "Replace"

    def __init__(self, expression, text, replacement=Value(""), **extra):
        super().__init__(expression, text, replacement, **extra)


class Substr(Func):
    function = "SUBSTRING"
    _djr_function = "Substr"

    def __init__(self, expression, pos, length=None, **extra):
        if not hasattr(pos, "resolve_expression") and pos < 1:
            raise ValueError("'pos' must be greater than 0")
        parts = [expression, pos] if length is None else [expression, pos, length]
        super().__init__(*parts, **extra)


__getattr__ = absent(__name__)
