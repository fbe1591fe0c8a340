"""Models, which `models.toml` declares."""

from django._lazy import lazily, names_of
from django.db.models import signals

# Names, by the modules that they are imported from when they are asked for.
PLACES = {
    ".aggregates": "Aggregate Avg Count Max Min StdDev Sum Variance",
    ".base": "DEFERRED Model",
    ".constraints": "BaseConstraint CheckConstraint Deferrable UniqueConstraint",
    ".deletion": "CASCADE DO_NOTHING PROTECT ProtectedError RESTRICT RestrictedError SET SET_DEFAULT SET_NULL",
    ".enums": "Choices IntegerChoices TextChoices",
    ".expressions": (
        "Case CombinedExpression Exists Expression ExpressionList ExpressionWrapper F Func OrderBy OuterRef "
        "RowRange Subquery Value ValueRange When Window WindowFrame WindowFrameExclusion"
    ),
    ".fields": (
        "AutoField BLANK_CHOICE_DASH BigAutoField BigIntegerField BinaryField BooleanField CharField "
        "CommaSeparatedIntegerField DateField DateTimeField DecimalField DurationField EmailField Empty Field "
        "FilePathField FloatField GenericIPAddressField IPAddressField IntegerField NOT_PROVIDED "
        "NullBooleanField PositiveBigIntegerField PositiveIntegerField PositiveSmallIntegerField SlugField "
        "SmallAutoField SmallIntegerField TextField TimeField URLField UUIDField"
    ),
    ".fields.composite": "CompositePrimaryKey",
    ".fields.file_fields": "FileField ImageField",
    ".fields.generated": "GeneratedField",
    ".fields.json": "JSONField",
    ".fields.related": (
        "ForeignKey ForeignObject ForeignObjectRel ManyToManyField ManyToManyRel ManyToOneRel OneToOneField "
        "OneToOneRel"
    ),
    ".indexes": "Index",
    ".lookups": "Lookup Transform",
    ".manager": "Manager",
    ".options": "ObjectDoesNotExist",
    ".prefetch": "Prefetch aprefetch_related_objects prefetch_related_objects",
    ".query": "QuerySet",
    ".query_utils": "FilteredRelation Q",
}

__all__ = ["signals", *names_of(PLACES)]

__getattr__ = lazily(__name__, PLACES)
