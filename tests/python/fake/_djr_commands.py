"""Stands in for the native module: a site in which nothing is wrong, and which has no commands."""


def own():
    return []


def is_command():
    return False


def check(tags):
    return []
