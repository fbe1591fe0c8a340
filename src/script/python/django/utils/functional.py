"""Values that are made when they are first needed."""

import operator
from functools import wraps

empty = object()


class cached_property:
    """A method without arguments whose answer is kept in the instance."""

    name = None

    def __init__(self, func):
        self.real_func = func
        self.__doc__ = getattr(func, "__doc__", None)

    def __set_name__(self, owner, name):
        if self.name not in (None, name):
            raise TypeError(f"one cached_property cannot have two names ({self.name!r} and {name!r})")
        self.name = name

    def func(self, instance):
        if self.name is None:
            raise TypeError("a cached_property outside a class body needs __set_name__() to be called")
        return self.real_func(instance)

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self.name] = value
        return value


class classproperty:
    """A property of the class itself."""

    def __init__(self, method=None):
        self.fget = method

    def __get__(self, instance, cls=None):
        return self.fget(cls)

    def getter(self, method):
        self.fget = method
        return self


class Promise:
    """What `lazy` makes."""


def lazy(func, *resultclasses):
    """A function that puts off the call of `func` until a method of its answer is needed.

    `resultclasses` are the types that the answer may have; their methods are those that can be used before.
    """

    class __proxy__(Promise):
        def __init__(self, args, kw):
            self._args = args
            self._kw = kw

        def __reduce__(self):
            return _lazy_proxy_unpickle, (func, self._args, self._kw, *resultclasses)

        def __deepcopy__(self, memo):
            memo[id(self)] = self
            return self

        def _cast(self):
            return func(*self._args, **self._kw)

        def __repr__(self):
            return repr(self._cast())

        def __str__(self):
            value = self._cast()
            return value if isinstance(value, str) else str(value)

        def __eq__(self, other):
            return self._cast() == _evaluated(other)

        def __lt__(self, other):
            return self._cast() < _evaluated(other)

        def __le__(self, other):
            return self._cast() <= _evaluated(other)

        def __gt__(self, other):
            return self._cast() > _evaluated(other)

        def __ge__(self, other):
            return self._cast() >= _evaluated(other)

        def __hash__(self):
            return hash(self._cast())

        def __format__(self, format_spec):
            return format(self._cast(), format_spec)

        def __add__(self, other):
            return self._cast() + other

        def __radd__(self, other):
            return other + self._cast()

        def __mod__(self, other):
            return self._cast() % other

        def __mul__(self, other):
            return self._cast() * other

    for name in {name for kind in resultclasses for base in kind.mro() for name in vars(base)}:
        if not hasattr(Promise, name) and name not in vars(__proxy__):
            setattr(__proxy__, name, _forwarding(name, func))

    @wraps(func)
    def __wrapper__(*args, **kw):
        return __proxy__(args, kw)

    return __wrapper__


def _evaluated(value):
    return value._cast() if isinstance(value, Promise) and hasattr(value, "_cast") else value


def _forwarding(name, func):
    def method(self, *args, **kw):
        return getattr(func(*self._args, **self._kw), name)(*args, **kw)

    return method


def _lazy_proxy_unpickle(func, args, kwargs, *resultclasses):
    return lazy(func, *resultclasses)(*args, **kwargs)


def lazystr(text):
    return lazy(str, str)(text)


def keep_lazy(*resultclasses):
    """A decorator: the call is put off where one of its arguments is a promise."""
    if not resultclasses:
        raise TypeError("keep_lazy needs the types of the answer")

    def decorator(func):
        lazy_func = lazy(func, *resultclasses)

        @wraps(func)
        def wrapper(*args, **kwargs):
            for value in args:
                if isinstance(value, Promise):
                    return lazy_func(*args, **kwargs)
            for value in kwargs.values():
                if isinstance(value, Promise):
                    return lazy_func(*args, **kwargs)
            return func(*args, **kwargs)

        return wrapper

    return decorator


def keep_lazy_text(func):
    return keep_lazy(str)(func)


def new_method_proxy(func):
    """A method that makes the wrapped object first, then applies `func` to it."""

    def inner(self, *args):
        if self._wrapped is empty:
            self._setup()
        return func(self._wrapped, *args)

    inner._mask_wrapped = False
    return inner


class LazyObject:
    """Stands for an object that `_setup` makes when something of it is needed."""

    _wrapped = None

    def __init__(self):
        self._wrapped = empty

    def _setup(self):
        raise NotImplementedError("a LazyObject needs a _setup() that sets _wrapped")

    __getattr__ = new_method_proxy(getattr)

    def __setattr__(self, name, value):
        if name == "_wrapped":
            self.__dict__["_wrapped"] = value
        else:
            self._object()
            setattr(self._wrapped, name, value)

    def __delattr__(self, name):
        if name == "_wrapped":
            raise TypeError("_wrapped cannot be deleted")
        delattr(self._object(), name)

    def _object(self):
        if self._wrapped is empty:
            self._setup()
        return self._wrapped

    def __reduce__(self):
        return unpickle_lazyobject, (self._object(),)

    def __copy__(self):
        from copy import copy

        return type(self)() if self._wrapped is empty else copy(self._wrapped)

    def __deepcopy__(self, memo):
        from copy import deepcopy

        if self._wrapped is empty:
            result = type(self)()
            memo[id(self)] = result
            return result
        return deepcopy(self._wrapped, memo)

    __bytes__ = new_method_proxy(bytes)
    __str__ = new_method_proxy(str)
    __bool__ = new_method_proxy(bool)
    __dir__ = new_method_proxy(dir)
    __class__ = property(new_method_proxy(operator.attrgetter("__class__")))
    __eq__ = new_method_proxy(operator.eq)
    __lt__ = new_method_proxy(operator.lt)
    __gt__ = new_method_proxy(operator.gt)
    __ne__ = new_method_proxy(operator.ne)
    __hash__ = new_method_proxy(hash)
    __getitem__ = new_method_proxy(operator.getitem)
    __setitem__ = new_method_proxy(operator.setitem)
    __delitem__ = new_method_proxy(operator.delitem)
    __iter__ = new_method_proxy(iter)
    __len__ = new_method_proxy(len)
    __contains__ = new_method_proxy(operator.contains)


def unpickle_lazyobject(wrapped):
    return wrapped


class SimpleLazyObject(LazyObject):
    """A LazyObject whose object comes from a function."""

    def __init__(self, func):
        self.__dict__["_setupfunc"] = func
        super().__init__()

    def _setup(self):
        self._wrapped = self._setupfunc()

    def __repr__(self):
        shown = self._setupfunc if self._wrapped is empty else self._wrapped
        return f"<{type(self).__name__}: {shown!r}>"

    def __copy__(self):
        from copy import copy

        return SimpleLazyObject(self._setupfunc) if self._wrapped is empty else copy(self._wrapped)

    def __deepcopy__(self, memo):
        if self._wrapped is empty:
            result = SimpleLazyObject(self._setupfunc)
            memo[id(self)] = result
            return result
        return super().__deepcopy__(memo)

    __add__ = new_method_proxy(operator.add)

    @new_method_proxy
    def __radd__(self, other):
        return other + self


def partition(predicate, values):
    """Two lists: the values for which `predicate` is false, and those for which it is true."""
    answers = ([], [])
    for value in values:
        answers[bool(predicate(value))].append(value)
    return answers
