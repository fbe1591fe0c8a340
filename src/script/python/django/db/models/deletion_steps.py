"""How instances are deleted."""


class DeletedInstances:
    """`delete`."""

    def delete(self, using=None, keep_parents=False):
        """Deletes the row and those that go with it: how many, and of which models."""
        if not self._is_pk_set():
            raise ValueError(
                f"{self._meta.object_name} object can't be deleted because its {self._meta.pk.attname} attribute is "
                "set to None."
            )
        using = using or self._state.db or "default"
        from django.db.models.collector import deleted

        return deleted([self], using, self)

    delete.alters_data = True
