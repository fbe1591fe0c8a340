"""The exceptions that views, forms and middleware raise and catch."""

NON_FIELD_ERRORS = "__all__"


class FieldDoesNotExist(Exception):
    """A model has no field of that name."""


class AppRegistryNotReady(Exception):
    """Models were asked for before they are loaded."""


class ObjectDoesNotExist(Exception):
    """A query for one row found none."""

    silent_variable_failure = True


class ObjectNotUpdated(Exception):
    """A row that had to be updated is gone."""


class MultipleObjectsReturned(Exception):
    """A query for one row found several."""


class SuspiciousOperation(Exception):
    """Something a browser does not do by itself; answered with 400."""


class SuspiciousMultipartForm(SuspiciousOperation):
    """A multipart body that cannot be meant well."""


class SuspiciousFileOperation(SuspiciousOperation):
    """A path that leads out of its root."""


class DisallowedHost(SuspiciousOperation):
    """The `Host` header names none of the allowed hosts."""


class DisallowedRedirect(SuspiciousOperation):
    """A redirect to a scheme that is not allowed, or whose address is too long."""


class TooManyFieldsSent(SuspiciousOperation):
    """A form with more fields than `DATA_UPLOAD_MAX_NUMBER_FIELDS`."""


class TooManyFilesSent(SuspiciousOperation):
    """A form with more files than `DATA_UPLOAD_MAX_NUMBER_FILES`."""


class RequestDataTooBig(SuspiciousOperation):
    """A body larger than `DATA_UPLOAD_MAX_MEMORY_SIZE`."""


class RequestAborted(Exception):
    """The browser went away before its request was read."""


class BadRequest(Exception):
    """The request cannot be understood; answered with 400."""


class PermissionDenied(Exception):
    """The visitor may not do that; answered with 403."""


class ViewDoesNotExist(Exception):
    """A url names a view that is not there."""


class MiddlewareNotUsed(Exception):
    """Raised by a middleware while it is made: it is left out."""


class ImproperlyConfigured(Exception):
    """The project's settings do not fit together."""


class FieldError(Exception):
    """A query names a field or lookup that a model does not have."""


class FieldFetchBlocked(FieldError):
    """A deferred field was asked for where that is forbidden."""


class EmptyResultSet(Exception):
    """A condition that no row can meet."""


class FullResultSet(Exception):
    """A condition that every row meets."""


class SynchronousOnlyOperation(Exception):
    """Something that blocks was called in an event loop."""


class ValidationError(Exception):
    """What is wrong with a value: one message, a list of them, or lists by the names of fields."""

    def __init__(self, message, code=None, params=None):
        super().__init__(message, code, params)
        if isinstance(message, ValidationError):
            if hasattr(message, "error_dict"):
                message = message.error_dict
            elif hasattr(message, "message"):
                message, code, params = message.message, message.code, message.params
            else:
                message = message.error_list
        if isinstance(message, dict):
            self.error_dict = {field: _wrapped(errors).error_list for field, errors in message.items()}
        elif isinstance(message, list):
            self.error_list = []
            for part in map(_wrapped, message):
                if hasattr(part, "error_dict"):
                    part = ValidationError([error for errors in part.error_dict.values() for error in errors])
                self.error_list.extend(part.error_list)
        else:
            self.message, self.code, self.params = message, code, params
            self.error_list = [self]

    @property
    def message_dict(self):
        """The messages by fields; an AttributeError where the errors are not told apart by fields."""
        self.error_dict
        return dict(self)

    @property
    def messages(self):
        """All messages in one list."""
        if hasattr(self, "error_dict"):
            return [text for texts in dict(self).values() for text in texts]
        return list(self)

    def update_error_dict(self, error_dict):
        """Adds these errors to `error_dict`, and returns it."""
        by_field = getattr(self, "error_dict", None) or {NON_FIELD_ERRORS: self.error_list}
        for field, errors in by_field.items():
            error_dict.setdefault(field, []).extend(errors)
        return error_dict

    def __iter__(self):
        if hasattr(self, "error_dict"):
            for field, errors in self.error_dict.items():
                yield field, list(ValidationError(errors))
            return
        for error in self.error_list:
            text = error.message
            yield str(text % error.params if error.params else text)

    def __str__(self):
        return repr(dict(self) if hasattr(self, "error_dict") else list(self))

    def __repr__(self):
        return f"ValidationError({self})"

    def __eq__(self, other):
        if not isinstance(other, ValidationError):
            return NotImplemented
        return hash(self) == hash(other)

    def __hash__(self):
        if hasattr(self, "message"):
            return hash((self.message, self.code, _hashable(self.params)))
        if hasattr(self, "error_dict"):
            return hash(_hashable(self.error_dict))
        return hash(tuple(sorted(self.error_list, key=lambda error: error.message)))


def _wrapped(error):
    return error if isinstance(error, ValidationError) else ValidationError(error)


def _hashable(value):
    from django.utils.hashable import make_hashable

    return make_hashable(value)
