"""Functions of the database, each imported when it is asked for."""

from django._lazy import lazily, names_of

PLACES = {
    ".comparison": "Cast Coalesce Collate Greatest Least NullIf",
    ".datetime": (
        "Extract ExtractDay ExtractHour ExtractIsoWeekDay ExtractIsoYear ExtractMinute ExtractMonth "
        "ExtractQuarter ExtractSecond ExtractWeek ExtractWeekDay ExtractYear Now Trunc TruncDate TruncDay "
        "TruncHour TruncMinute TruncMonth TruncQuarter TruncSecond TruncTime TruncWeek TruncYear"
    ),
    ".json": "JSONArray JSONObject",
    ".math": "ACos ASin ATan ATan2 Abs Ceil Cos Cot Degrees Exp Floor Ln Log Mod Pi Power Radians Random Round Sign Sin Sqrt Tan",
    ".text": (
        "Chr Concat ConcatPair LPad LTrim Left Length Lower MD5 Ord RPad RTrim Repeat Replace Reverse Right "
        "SHA1 SHA224 SHA256 SHA384 SHA512 StrIndex Substr Trim Upper"
    ),
    ".window": "CumeDist DenseRank FirstValue Lag LastValue Lead NthValue Ntile PercentRank Rank RowNumber",
}

__all__ = names_of(PLACES)

__getattr__ = lazily(__name__, PLACES)


def BY_SQL_NAME():
    """The classes that plain functions of SQL are."""
    classes = [__getattr__(name) for name in __all__]
    return [cls for cls in classes if cls._djr_form == "Func" and cls.function]


def __dir__():
    return sorted([*globals(), *__all__])
