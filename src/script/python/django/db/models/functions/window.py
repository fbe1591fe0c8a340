"""Functions of the rows around a row: they stand in a Window."""

from django.db.models.expressions import Func


class WindowFunction(Func):
    _djr_form = "WindowFunction"
    window_compatible = True


class CumeDist(WindowFunction):
    function = "CUME_DIST"
    _djr_function = "CumeDist"


class DenseRank(WindowFunction):
    function = "DENSE_RANK"
    _djr_function = "DenseRank"


class PercentRank(WindowFunction):
    function = "PERCENT_RANK"
    _djr_function = "PercentRank"


class Rank(WindowFunction):
    function = "RANK"
    _djr_function = "Rank"


class RowNumber(WindowFunction):
    function = "ROW_NUMBER"
    _djr_function = "RowNumber"


class FirstValue(WindowFunction):
    function = "FIRST_VALUE"
    _djr_function = "FirstValue"
    arity = 1


class LastValue(WindowFunction):
    function = "LAST_VALUE"
    _djr_function = "LastValue"
    arity = 1


class LagLeadFunction(WindowFunction):
    def __init__(self, expression, offset=1, default=None, **extra):
        if expression is None:
            raise ValueError(f"{self.__class__.__name__} requires a non-null source expression.")
        if offset is None or offset <= 0:
            raise ValueError(f"{self.__class__.__name__} requires a positive integer for the offset.")
        parts = [expression, offset] if default is None else [expression, offset, default]
        super().__init__(*parts, **extra)


class Lag(LagLeadFunction):
    function = "LAG"
    _djr_function = "Lag"


class Lead(LagLeadFunction):
    function = "LEAD"
    _djr_function = "Lead"


class NthValue(WindowFunction):
    function = "NTH_VALUE"
    _djr_function = "NthValue"

    def __init__(self, expression, nth=1, **extra):
        if expression is None:
            raise ValueError(f"{self.__class__.__name__} requires a non-null source expression.")
        if nth is None or nth <= 0:
            raise ValueError(f"{self.__class__.__name__} requires a positive integer as for nth.")
        super().__init__(expression, nth, **extra)


class Ntile(WindowFunction):
    function = "NTILE"
    _djr_function = "Ntile"

    def __init__(self, num_buckets=1, **extra):
        if num_buckets <= 0:
            raise ValueError("num_buckets must be greater than 0.")
        super().__init__(num_buckets, **extra)
