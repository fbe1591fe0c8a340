"""Hashers of passwords that are classes of the project, for djr's own pages and commands."""

from django.utils.module_loading import import_string


def algorithm(name):
    return str(import_string(name).algorithm)


def encode(name, password):
    hasher = import_string(name)()
    return hasher.encode(password, hasher.salt())


def verify(name, password, encoded):
    return bool(import_string(name)().verify(password, encoded))


def must_update(name, encoded):
    return bool(import_string(name)().must_update(encoded))


def harden_runtime(name, password, encoded):
    import_string(name)().harden_runtime(password, encoded)
