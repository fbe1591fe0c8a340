"""Choices in all the forms in which they may be given."""

__all__ = ["BaseChoiceIterator", "BlankChoiceIterator", "CallableChoiceIterator", "flatten_choices", "normalize_choices"]


class BaseChoiceIterator:
    """Choices that are made when they are gone through."""

    def __eq__(self, other):
        if hasattr(other, "__iter__"):
            return list(self) == list(other)
        return NotImplemented

    def __getitem__(self, index):
        if isinstance(index, slice) or index < 0:
            return list(self)[index]
        for at, choice in enumerate(self):
            if at == index:
                return choice
        raise IndexError("there are not so many choices")

    def __iter__(self):
        raise NotImplementedError("choices need __iter__()")


class CallableChoiceIterator(BaseChoiceIterator):
    """Choices that a function answers."""

    def __init__(self, func):
        self.func = func

    def __iter__(self):
        yield from normalize_choices(self.func())


class BlankChoiceIterator(BaseChoiceIterator):
    """Choices with an empty one before them, unless they have one."""

    def __init__(self, choices, blank_choice):
        self.choices = choices
        self.blank_choice = blank_choice

    def __iter__(self):
        if not any(value in ("", None) for value, _ in flatten_choices(self.choices)):
            yield from self.blank_choice
        yield from self.choices


def flatten_choices(choices):
    """The choices of all groups, one after the other."""
    for value, label in choices or ():
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield value, label


def normalize_choices(value, *, depth=0):
    """Pairs, of mappings, enumerations, functions or pairs; what is none of these stays as it is."""
    if isinstance(value, BaseChoiceIterator) or isinstance(value, (str, bytes)):
        return value
    if isinstance(value, type) and hasattr(value, "choices"):
        return value.choices
    if callable(value) and depth == 0:
        return CallableChoiceIterator(value)
    if hasattr(value, "items") and not isinstance(value, type):
        value = value.items()
    elif not hasattr(value, "__iter__"):
        return value
    if depth > 1:
        return list(value)
    try:
        return [(key, normalize_choices(label, depth=depth + 1)) for key, label in value]
    except (TypeError, ValueError):
        return value
