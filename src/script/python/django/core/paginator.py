"""Lists in pages."""

import collections.abc
from math import ceil

from django.utils.functional import cached_property


class UnorderedObjectListWarning(RuntimeWarning):
    """The pages of a query without an order may overlap."""


class InvalidPage(Exception):
    """There is no such page."""


class PageNotAnInteger(InvalidPage):
    """The number of a page is not a number."""


class EmptyPage(InvalidPage):
    """The page lies outside of the list."""


class Paginator:
    """A list, or a query, in pages of `per_page` items; the last may take up to `orphans` more."""

    ELLIPSIS = "…"
    default_error_messages = {
        "invalid_page": "That page number is not an integer",
        "min_page": "That page number is less than 1",
        "no_results": "That page contains no results",
    }

    def __init__(self, object_list, per_page, orphans=0, allow_empty_first_page=True, error_messages=None):
        self.object_list = object_list
        self._check_object_list_is_ordered()
        self.per_page = int(per_page)
        self.orphans = int(orphans)
        self.allow_empty_first_page = allow_empty_first_page
        self.error_messages = {**self.default_error_messages, **(error_messages or {})}

    def __iter__(self):
        return map(self.page, self.page_range)

    def validate_number(self, number):
        """The number of a page as an integer; an InvalidPage where there is none."""
        try:
            if isinstance(number, float) and not number.is_integer():
                raise ValueError
            number = int(number)
        except (TypeError, ValueError):
            raise PageNotAnInteger(self.error_messages["invalid_page"]) from None
        if number < 1:
            raise EmptyPage(self.error_messages["min_page"])
        if number > self.num_pages:
            raise EmptyPage(self.error_messages["no_results"])
        return number

    def get_page(self, number):
        """The page of a number; the first where it is not one, the last where there are fewer."""
        try:
            number = self.validate_number(number)
        except PageNotAnInteger:
            number = 1
        except EmptyPage:
            number = self.num_pages
        return self.page(number)

    def page(self, number):
        """The page of a number; an InvalidPage where there is none."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        end = start + self.per_page
        if end + self.orphans >= self.count:
            end = self.count
        return self._get_page(self.object_list[start:end], number, self)

    def _get_page(self, *args, **kwargs):
        return Page(*args, **kwargs)

    @cached_property
    def count(self):
        """How many items there are."""
        count = getattr(self.object_list, "count", None)
        # The count() of a list takes an argument, and counts something else.
        if callable(count) and not isinstance(self.object_list, (list, tuple, str, bytes, range)):
            try:
                return count()
            except TypeError:
                pass
        return len(self.object_list)

    @cached_property
    def num_pages(self):
        if not self.count and not self.allow_empty_first_page:
            return 0
        return ceil(max(1, self.count - self.orphans) / self.per_page)

    @property
    def page_range(self):
        return range(1, self.num_pages + 1)

    def _check_object_list_is_ordered(self):
        if getattr(self.object_list, "ordered", None) is False:
            import warnings

            # Its `repr` would ask the database for the first rows.
            rows = self.object_list
            named = f"{type(rows).__name__} of {rows.model.__name__}" if hasattr(rows, "model") else repr(rows)
            warnings.warn(f"{named} has no order, and its pages may overlap", UnorderedObjectListWarning, stacklevel=3)

    def get_elided_page_range(self, number=1, *, on_each_side=3, on_ends=2):
        """The numbers around a page and at both ends, with an ellipsis where some are left out."""
        number = self.validate_number(number)
        last = self.num_pages
        if last <= (on_each_side + on_ends) * 2:
            yield from self.page_range
            return
        if number > (1 + on_each_side + on_ends) + 1:
            yield from range(1, on_ends + 1)
            yield self.ELLIPSIS
            yield from range(number - on_each_side, number + 1)
        else:
            yield from range(1, number + 1)
        if number < (last - on_each_side - on_ends) - 1:
            yield from range(number + 1, number + on_each_side + 1)
            yield self.ELLIPSIS
            yield from range(last - on_ends + 1, last + 1)
        else:
            yield from range(number + 1, last + 1)


class Page(collections.abc.Sequence):
    """The items of one page."""

    def __init__(self, object_list, number, paginator):
        self.object_list = object_list
        self.number = number
        self.paginator = paginator

    def __repr__(self):
        return f"<Page {self.number} of {self.paginator.num_pages}>"

    def __len__(self):
        return len(self.object_list)

    def __getitem__(self, index):
        if not isinstance(index, (int, slice)):
            raise TypeError(f"the items of a page are counted: {type(index).__name__} is not a number or a slice")
        if not isinstance(self.object_list, list):
            self.object_list = list(self.object_list)
        return self.object_list[index]

    def has_next(self):
        return self.number < self.paginator.num_pages

    def has_previous(self):
        return self.number > 1

    def has_other_pages(self):
        return self.has_previous() or self.has_next()

    def next_page_number(self):
        return self.paginator.validate_number(self.number + 1)

    def previous_page_number(self):
        return self.paginator.validate_number(self.number - 1)

    def start_index(self):
        """The number of the first item, counted from 1; 0 where there are none."""
        return 0 if self.paginator.count == 0 else (self.number - 1) * self.paginator.per_page + 1

    def end_index(self):
        """The number of the last item."""
        if self.number == self.paginator.num_pages:
            return self.paginator.count
        return self.number * self.paginator.per_page
