import datetime
from decimal import Decimal

from people.models import Author

from posts.models import Club, Post, Rating, Tag


def made(ann, **kwargs):
    values = {"title": "t", "slug": "s", "author": ann}
    values.update(kwargs)
    return Post(**values)


def clean_fields(show):
    ann = Author.objects.create(name="Ann")
    show.says(Post().full_clean)
    show.says(Post().clean_fields, exclude=["author", "slug"])
    show.says(made(ann).full_clean)
    for values in (
        {"title": "x" * 21}, {"title": None}, {"slug": "a b"}, {"slug": "ä"}, {"code": "x"}, {"code": "1.5"}, {"code": 10**20},
        {"status": "ZZ"}, {"status": ""}, {"level": 7}, {"level": "2"}, {"price": "x"}, {"price": "12345.678"},
        {"price": "1.234"}, {"price": Decimal("NaN")}, {"price": 1.5}, {"day": "2024-02-30"}, {"day": "yesterday"}, {"made": "2024-01-01 99:00"},
        {"made": "soon"}, {"data": object()}, {"key": "zz"}, {"site": "example"}, {"ip": "1.2.3"}, {"ip": "::zz"},
        {"length": "long"}, {"ratio": "half"}, {"small": -1}, {"small": 6}, {"small": "four"}, {"flag": "maybe"}, {"flag": None},
        {"maybe": "2"}, {"at": "25:00"}, {"at": "noon"}, {"author_id": 999}, {"editor_id": 999}, {"author": None} if False else {"author_id": None},
        {"title": "forbidden"}, {"title": "both"}, {"site": "javascript:alert(1)"}, {"title": "a\x00b"},
    ):
        post = made(ann)
        for name, value in values.items():
            setattr(post, name, value)
        if "data" in values:
            show.fails(post.clean_fields)
        else:
            show.says(post.full_clean)
    post = made(ann, code="7", price="2.5", day="2024-02-29", flag="True", maybe="0", ratio="1.5", small="3", length="1 00:00:01")
    post.full_clean()
    show(post.code, post.price, post.day, post.flag, post.maybe, post.ratio, post.small, post.length)
    show.says(Rating(post=None, judge=ann, stars="x").full_clean)
    ann.delete()


def clean_unique(show):
    ann = Author.objects.create(name="Ann", email="a@example.com")
    show.says(Author(name="x", email="a@example.com").full_clean)
    show.says(ann.full_clean)
    show.says(Author(name="x", email=None).full_clean)
    Tag.objects.create(name="t")
    show.says(Tag(name="t").validate_unique)
    show.says(Tag(name="t").validate_unique, exclude=["name"])
    first = made(ann, day=datetime.date(2024, 1, 2), nick="n", code=1)
    first.save()
    show.says(made(ann, slug="other").full_clean)
    show.says(made(ann, title="other").full_clean)
    show.says(made(ann, title="other", slug="other", code=1).full_clean)
    show.says(made(ann, title="other", slug="other", day=datetime.date(2024, 1, 2), nick="n").full_clean)
    show.says(made(ann, title="other", slug="other", day=datetime.date(2024, 1, 3), nick="n").full_clean)
    show.says(made(ann, title="other", slug="other", price=-1).full_clean)
    show.says(made(ann, title="other", slug="other", price=-1).full_clean, exclude=["price"])
    show.says(made(ann, title="other", price=-1).validate_constraints)
    show.says(made(ann, title="other", price=-1).full_clean, validate_constraints=False)
    show.says(made(ann, slug="other").full_clean, validate_unique=False)
    made(ann, title="x", slug="x", status="XX").save()
    show.says(made(ann, title="y", slug="y", status="XX").full_clean)
    show.says(first.full_clean)
    show.fails(made(ann, slug="other").save)
    show.fails(made(ann, title="other", slug="other", price=-1).save)
    show([name for _, name in first._get_unique_checks()[0]], first._get_unique_checks()[1][0][1:])
    show(Club(name="").full_clean if False else None)
    show.says(Club(name="").full_clean)
    ann.delete()
