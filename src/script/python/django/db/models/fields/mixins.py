"""What fields that lead to other rows keep of them."""

from django._absent import absent


_UNSET = object()


class FieldCacheMixin:
    """Keeps the row that a field leads to beside the instance."""

    @property
    def cache_name(self):
        return self.name

    def get_cached_value(self, instance, default=_UNSET):
        cache = instance._state.fields_cache
        return cache[self.cache_name] if default is _UNSET else cache.get(self.cache_name, default)

    def is_cached(self, instance):
        return self.cache_name in instance._state.fields_cache

    def set_cached_value(self, instance, value):
        instance._state.fields_cache[self.cache_name] = value

    def delete_cached_value(self, instance):
        del instance._state.fields_cache[self.cache_name]


__getattr__ = absent(__name__)
