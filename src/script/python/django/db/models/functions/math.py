"""Functions of numbers."""

from django.db.models.expressions import Func


class Abs(Func):
    function = "ABS"
    _djr_function = "Abs"
    lookup_name = "abs"
    arity = 1


class ACos(Func):
    function = "ACOS"
    _djr_function = "ACos"
    lookup_name = "acos"
    arity = 1


class ASin(Func):
    function = "ASIN"
    _djr_function = "ASin"
    lookup_name = "asin"
    arity = 1


class ATan(Func):
    function = "ATAN"
    _djr_function = "ATan"
    lookup_name = "atan"
    arity = 1


class ATan2(Func):
    function = "ATAN2"
    _djr_function = "ATan2"
    arity = 2


class Ceil(Func):
    function = "CEILING"
    _djr_function = "Ceil"
    lookup_name = "ceil"
    arity = 1


class Cos(Func):
    function = "COS"
    _djr_function = "Cos"
    lookup_name = "cos"
    arity = 1


class Cot(Func):
    function = "COT"
    _djr_function = "Cot"
    lookup_name = "cot"
    arity = 1


class Degrees(Func):
    function = "DEGREES"
    _djr_function = "Degrees"
    lookup_name = "degrees"
    arity = 1


class Exp(Func):
    function = "EXP"
    _djr_function = "Exp"
    lookup_name = "exp"
    arity = 1


class Floor(Func):
    function = "FLOOR"
    _djr_function = "Floor"
    lookup_name = "floor"
    arity = 1


class Ln(Func):
    function = "LN"
    _djr_function = "Ln"
    lookup_name = "ln"
    arity = 1


class Log(Func):
    function = "LOG"
    _djr_function = "Log"
    arity = 2


class Mod(Func):
    function = "MOD"
    _djr_function = "Mod"
    arity = 2


class Pi(Func):
    function = "PI"
    _djr_function = "Pi"
    arity = 0


class Power(Func):
    function = "POWER"
    _djr_function = "Power"
    arity = 2


class Radians(Func):
    function = "RADIANS"
    _djr_function = "Radians"
    lookup_name = "radians"
    arity = 1


class Random(Func):
    function = "RANDOM"
    _djr_function = "Random"
    arity = 0


class Sign(Func):
    function = "SIGN"
    _djr_function = "Sign"
    lookup_name = "sign"
    arity = 1


class Sin(Func):
    function = "SIN"
    _djr_function = "Sin"
    lookup_name = "sin"
    arity = 1


class Sqrt(Func):
    function = "SQRT"
    _djr_function = "Sqrt"
    lookup_name = "sqrt"
    arity = 1


class Tan(Func):
    function = "TAN"
    _djr_function = "Tan"
    lookup_name = "tan"
    arity = 1


class Round(Func):
    function = "ROUND"
    _djr_function = "Round"
    lookup_name = "round"

    def __init__(self, expression, precision=0, **extra):
        super().__init__(expression, precision, **extra)
