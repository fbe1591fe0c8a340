"""Topic guide: pagination."""

import warnings

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator

from shop.models import Book


def pagination(show, request):
    pages = Paginator(Book.objects.all(), 3)
    show(pages.count, pages.num_pages, pages.page_range, [page.object_list[0].title for page in pages], pages.page(2).has_next())
    page = pages.page(1)
    show(repr(page), page.has_other_pages(), page.next_page_number(), page.start_index(), page.end_index(), len(page), page[0].title, page in [page])
    for number in ("x", 0, 9, 1.5, "2", None):
        error = show.fails(pages.page, number)
        show(type(error).__name__, isinstance(error, (PageNotAnInteger, EmptyPage)))
    show(pages.get_page("x").number, pages.get_page(-1).number, pages.get_page(99).number, str(show.fails(page.previous_page_number)))
    show(Paginator("abcdefg", 3, orphans=1).num_pages, Paginator([], 3).page(1).object_list, Paginator([], 3, allow_empty_first_page=False).num_pages)
    show(list(Paginator(range(200), 10).get_elided_page_range(10)), list(Paginator(range(200), 10).get_elided_page_range(1, on_each_side=1, on_ends=1)), Paginator.ELLIPSIS)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        Paginator(Book.objects.order_by(), 2).page(1)
    show([warning.category.__name__ for warning in caught], Paginator([1], 1, error_messages={"no_results": "None here"}).error_messages["no_results"])
