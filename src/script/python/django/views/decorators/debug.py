"""What the pages and mails about errors hide."""

from functools import wraps


def sensitive_variables(*variables):
    """A decorator: these variables of the function, or all, are hidden."""
    if len(variables) == 1 and callable(variables[0]):
        raise TypeError("sensitive_variables() must be called, even without names")

    def decorator(func):
        @wraps(func)
        def inner(*args, **kwargs):
            return func(*args, **kwargs)

        inner.sensitive_variables = variables or "__ALL__"
        return inner

    return decorator


def sensitive_post_parameters(*parameters):
    """A decorator: these fields of a form, or all, are hidden."""
    if len(parameters) == 1 and callable(parameters[0]):
        raise TypeError("sensitive_post_parameters() must be called, even without names")

    def decorator(view):
        @wraps(view)
        def inner(request, *args, **kwargs):
            if not hasattr(request, "META"):
                raise TypeError(
                    "sensitive_post_parameters decorates a function of a request: use method_decorator for a method"
                )
            request.sensitive_post_parameters = parameters or "__ALL__"
            return view(request, *args, **kwargs)

        return inner

    return decorator
