"""What becomes of rows whose reference is deleted."""

from django._absent import absent
from django.db import IntegrityError


class ProtectedError(IntegrityError):
    """A row is referred to by a reference that protects it."""

    def __init__(self, msg, protected_objects):
        self.protected_objects = protected_objects
        super().__init__(msg, protected_objects)


class RestrictedError(IntegrityError):
    """A row is referred to by rows that do not go with it."""

    def __init__(self, msg, restricted_objects):
        self.restricted_objects = restricted_objects
        super().__init__(msg, restricted_objects)


def CASCADE(collector, field, sub_objs, using):
    collector.collect(sub_objs, source=field.remote_field.model, nullable=field.null, fail_on_restricted=False)


def PROTECT(collector, field, sub_objs, using):
    raise ProtectedError(
        f"Cannot delete some instances of model '{field.remote_field.model.__name__}' because they are referenced "
        f"through a protected foreign key: '{type(sub_objs[0]).__name__}.{field.name}'",
        sub_objs,
    )


def RESTRICT(collector, field, sub_objs, using):
    collector.add_restricted_objects(field, sub_objs)


class SET:
    """Sets the reference to a value, or to what a function answers."""

    lazy_sub_objs = False

    def __init__(self, value):
        self.value = value

    def __call__(self, collector, field, sub_objs, using):
        value = self.value() if callable(self.value) else self.value
        collector.add_field_update(field, value, sub_objs)


def SET_NULL(collector, field, sub_objs, using):
    collector.add_field_update(field, None, sub_objs)


def SET_DEFAULT(collector, field, sub_objs, using):
    collector.add_field_update(field, field.get_default(), sub_objs)


def DO_NOTHING(collector, field, sub_objs, using):
    pass


def __getattr__(name):
    if name == "Collector":
        from django.db.models.collector import Collector

        return Collector
    return absent(__name__)(name)
