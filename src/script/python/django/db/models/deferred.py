"""Attributes whose value is read from the database when it is first asked for."""


class DeferredAttribute:
    """Stands in the class for the value of a field; an instance that has the value never asks it."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        name = self.field.attname
        data = instance.__dict__
        if name not in data:
            if self.field.generated and instance._state.adding:
                raise AttributeError(f"{name} is computed by the database: the row is not saved yet")
            instance.refresh_from_db(fields=[name])
        return data[name]
