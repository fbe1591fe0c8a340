"""Functions of the rows around a row."""

from django.db.models.combinable import Expression


class Window(Expression):
    """A function of the rows around a row."""

    _djr_form = "Window"
    contains_aggregate = False
    contains_over_clause = True

    def __init__(self, expression, partition_by=None, order_by=None, frame=None, output_field=None):
        if not getattr(expression, "window_compatible", False):
            raise ValueError(f"Expression '{expression.__class__.__name__}' isn't compatible with OVER clauses.")
        super().__init__(output_field)
        self.source_expression = expression
        partition_by = partition_by if isinstance(partition_by, (list, tuple)) else [partition_by]
        self.partition_by = self._parse_expressions(*[part for part in partition_by if part is not None])
        if order_by is not None and not isinstance(order_by, (list, tuple, str)) and not hasattr(order_by, "resolve_expression"):
            raise ValueError("Window.order_by must be either a string reference to a field, an expression, or a list or tuple of them.")
        order_by = order_by if isinstance(order_by, (list, tuple)) else [order_by]
        self.order_by = [term for term in order_by if term is not None]
        self.frame = frame


class WindowFrameExclusion:
    """Rows that a frame leaves out."""

    CURRENT_ROW = "CURRENT ROW"
    GROUP = "GROUP"
    TIES = "TIES"
    NO_OTHERS = "NO OTHERS"


class WindowFrame:
    """Which rows around a row count."""

    frame_type = None

    def __init__(self, start=None, end=None, exclusion=None):
        if exclusion is not None:
            from django.db.utils import NotSupportedError

            raise NotSupportedError("djr has no exclusion of a window's frame")
        self.start = start
        self.end = end
        self.exclusion = exclusion


class RowRange(WindowFrame):
    frame_type = "ROWS"


class ValueRange(WindowFrame):
    frame_type = "RANGE"
