"""Decorators of functions for methods, and middleware as decorators of views."""

from functools import partial, update_wrapper, wraps


class classonlymethod(classmethod):
    """A method of a class that its instances do not have."""

    def __get__(self, instance, cls=None):
        if instance is not None:
            raise AttributeError("this method is there on the class, not on its instances")
        return super().__get__(instance, cls)


def method_decorator(decorator, name=""):
    """A decorator of functions for a method, or for the method `name` of a class."""

    def of_method_or_class(obj):
        if not isinstance(obj, type):
            return _decorated(decorator, obj)
        method = getattr(obj, name, None) if name else None
        if method is None:
            raise ValueError(f"method_decorator needs the name of a method of {obj}, and {name!r} is none")
        if not callable(method):
            raise TypeError(f"{name!r} of {obj} is not a method: {method}")
        setattr(obj, name, _decorated(decorator, method))
        return obj

    if not hasattr(decorator, "__iter__"):
        update_wrapper(of_method_or_class, decorator)
    shown = getattr(decorator, "__name__", type(decorator).__name__)
    of_method_or_class.__name__ = f"method_decorator({shown})"
    return of_method_or_class


def _decorated(decorators, method):
    """A method that runs through the decorators, of which the first is the outermost."""
    each = list(decorators)[::-1] if hasattr(decorators, "__iter__") else [decorators]

    def wrapper(self, *args, **kwargs):
        bound = wraps(method)(partial(method.__get__(self, type(self))))
        for decorator in each:
            bound = decorator(bound)
        return bound(*args, **kwargs)

    def probe(*args, **kwargs):
        """Takes what the decorators write on a function."""

    for decorator in each:
        update_wrapper(wrapper, decorator(probe), assigned=())
        wrapper.__dict__.pop("__wrapped__", None)
    update_wrapper(wrapper, method)
    return wrapper


def decorator_from_middleware_with_args(middleware_class):
    """A function that makes a decorator of a middleware and the arguments of its class."""
    return make_middleware_decorator(middleware_class)


def decorator_from_middleware(middleware_class):
    """A middleware as a decorator of views."""
    return make_middleware_decorator(middleware_class)()


def make_middleware_decorator(middleware_class):
    def with_arguments(*m_args, **m_kwargs):
        def decorator(view_func):
            middleware = middleware_class(view_func, *m_args, **m_kwargs)

            @wraps(view_func)
            def wrapper(request, *args, **kwargs):
                return _run(middleware, view_func, request, args, kwargs)

            return wrapper

        return decorator

    return with_arguments


def _run(middleware, view_func, request, args, kwargs):
    """One request through the methods that the middleware has."""

    def hook(name, *arguments):
        method = getattr(middleware, name, None)
        return method(*arguments) if method else None

    response = hook("process_request", request)
    if response is None:
        response = hook("process_view", request, view_func, args, kwargs)
    if response is not None:
        return response
    try:
        response = view_func(request, *args, **kwargs)
    except Exception as error:
        response = hook("process_exception", request, error)
        if response is None:
            raise
        return response
    if callable(getattr(response, "render", None)):
        if hasattr(middleware, "process_template_response"):
            response = middleware.process_template_response(request, response)
        if hasattr(middleware, "process_response"):
            response.add_post_render_callback(partial(middleware.process_response, request))
    elif hasattr(middleware, "process_response"):
        return middleware.process_response(request, response)
    return response


def sync_and_async_middleware(func):
    func.sync_capable = func.async_capable = True
    return func


def sync_only_middleware(func):
    func.sync_capable, func.async_capable = True, False
    return func


def async_only_middleware(func):
    func.sync_capable, func.async_capable = False, True
    return func
