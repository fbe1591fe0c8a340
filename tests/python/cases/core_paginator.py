from django.core.paginator import *
items = list(range(10))
p = Paginator(items, 3)
p.count, p.num_pages, list(p.page_range), [list(x) for x in p], p.per_page, p.orphans
each(p.page, 1, 4, 5, 0, -1, "2", "x", None, 1.0, 1.5, "1.0", True, "", "99", [1])
each(p.get_page, 1, 4, 5, 0, -1, "2", "x", None, 1.5, "")
each(p.validate_number, 1, "4", 5, 0, "x", None, 2.0)
[(lambda x: (x.has_next(), x.has_previous(), x.has_other_pages(), tried(x.next_page_number), tried(x.previous_page_number), x.start_index(), x.end_index(), len(x), list(x), repr(x), x[0], x[-1], x[0:2], 5 in x, list(reversed(x))))(p.page(n)) for n in (1, 2, 4)]
tried(lambda: p.page(1)["a"])
tried(lambda: p.page(1)[7])
e = Paginator([], 3)
e.count, e.num_pages, list(e.page(1)), repr(e.page(1)), e.page(1).start_index(), e.page(1).end_index(), tried(e.page, 2)
n = Paginator([], 3, allow_empty_first_page=False)
n.num_pages, tried(n.page, 1), tried(n.get_page, 1), list(n.page_range)
[(Paginator(items, a, orphans=b).num_pages, [list(x) for x in Paginator(items, a, orphans=b)]) for a, b in ((3, 1), (3, 2), (5, 5), (4, 2), (10, 0), (11, 0), (1, 0), ("3", "1"))]
tried(Paginator, items, "x"), tried(lambda: Paginator(items, 0).num_pages)
big = Paginator(list(range(500)), 10)
[list(big.get_elided_page_range(n)) for n in (1, 2, 7, 8, 9, 25, 42, 43, 44, 49, 50)]
[list(big.get_elided_page_range(n, on_each_side=1, on_ends=1)) for n in (1, 3, 4, 5, 25, 46, 47, 48, 50)]
list(big.get_elided_page_range(25, on_each_side=0, on_ends=0)), list(big.get_elided_page_range(5, on_each_side=3, on_ends=0)), list(p.get_elided_page_range(2)), tried(lambda: list(big.get_elided_page_range(99)))
class Counted:
    def __init__(self, n): self.n = n
    def count(self): return self.n
    def __getitem__(self, s): return list(range(self.n))[s]
    def __len__(self): raise TypeError
q = Paginator(Counted(7), 5)
q.count, [list(x) for x in q]
class NeedsArgument(list):
    def count(self, x): return 0
Paginator(NeedsArgument([1, 2]), 1).count, Paginator((1, 2, 3), 2).count, Paginator("abc", 2).page(1).object_list, Paginator({1: 2}, 2).count
class Unordered(list):
    ordered = False
import warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    made = Paginator(Unordered([1]), 1)
[w.category for w in caught]
str(tried(p.page, 99)), str(tried(p.page, "x")), str(tried(p.page, 0)), str(tried(Paginator([], 1, error_messages={"no_results": "own"}).page, 3))
issubclass(PageNotAnInteger, InvalidPage), issubclass(EmptyPage, InvalidPage), Paginator.ELLIPSIS
