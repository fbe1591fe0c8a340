"""References between models, with every option."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Author(models.Model):
    code = models.SlugField(unique=True)
    name = models.CharField(max_length=80, db_collation="nocase", unique=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "writer"
        verbose_name_plural = "writers"


class Post(models.Model):
    cascade = models.ForeignKey(
        Author, models.CASCADE, related_name="posts", related_query_name="post"
    )
    protect = models.ForeignKey(Author, models.PROTECT, related_name="+")
    restrict = models.ForeignKey(
        Author, models.RESTRICT, related_name="+", null=True, blank=True
    )
    set_null = models.ForeignKey(Author, models.SET_NULL, related_name="+", null=True)
    set_default = models.ForeignKey(Author, models.SET_DEFAULT, related_name="+", default=1)
    set_value = models.ForeignKey(Author, models.SET(1), related_name="+")
    do_nothing = models.ForeignKey(Author, models.DO_NOTHING, related_name="+")
    by_code = models.ForeignKey(Author, models.CASCADE, to_field="code", related_name="+")
    by_name = models.ForeignKey(Author, models.CASCADE, to_field="name", related_name="+")
    limited = models.ForeignKey(
        Author, models.CASCADE, related_name="+", limit_choices_to={"is_active": True}
    )
    unchecked = models.ForeignKey(
        Author, models.CASCADE, related_name="+", db_constraint=False
    )
    not_indexed = models.ForeignKey(Author, models.CASCADE, related_name="+", db_index=False)
    distinct_values = models.ForeignKey(
        Author, models.CASCADE, related_name="+", unique=True
    )
    other_column = models.ForeignKey(
        Author, models.CASCADE, related_name="+", db_column="Other Column"
    )
    with_db_default = models.ForeignKey(
        Author, models.CASCADE, related_name="+", db_default=1
    )
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name="the post above",
        help_text="If any.",
        editable=False,
    )
    user = models.ForeignKey("auth.User", models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")


class Profile(models.Model):
    author = models.OneToOneField(Author, models.CASCADE, primary_key=True)
    backup = models.OneToOneField(
        Author,
        models.SET_NULL,
        null=True,
        related_name="+",
        limit_choices_to=~Q(is_active=False),
    )
    by_code = models.OneToOneField(
        Author,
        models.CASCADE,
        to_field="code",
        related_name="+",
        db_constraint=False,
        db_column="the_code",
    )
    with_db_default = models.OneToOneField(
        Author,
        models.SET(2),
        related_name="by_default",
        related_query_name="defaulted",
        db_default=1,
        default=1,
    )


class Page(models.Model):
    profile = models.ForeignKey(Profile, models.CASCADE)


class Tag(models.Model):
    name = models.CharField(max_length=20, primary_key=True)
    near = models.ManyToManyField("self")
    implies = models.ManyToManyField("self", symmetrical=False, related_name="implied_by")


class Tagging(models.Model):
    post = models.ForeignKey(Post, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE)
    by = models.ForeignKey(Author, models.CASCADE)
    seen_by = models.ForeignKey(Author, models.CASCADE, related_name="seen")


class Collection(models.Model):
    posts = models.ManyToManyField(
        Post,
        blank=True,
        related_name="collections",
        related_query_name="collection",
        verbose_name="the posts",
        help_text="All of them.",
    )
    tags = models.ManyToManyField(Tag, db_table="relations_labels", related_name="+")
    groups = models.ManyToManyField("auth.Group", db_constraint=False)
    writers = models.ManyToManyField(
        Author, limit_choices_to=Q(is_active=True, name__startswith="A")
    )


class Issue(models.Model):
    tags = models.ManyToManyField(Tag, through="Labelling", editable=False)
    writers = models.ManyToManyField(
        Author, through="Credit", through_fields=("issue", "writer")
    )


class Labelling(models.Model):
    issue = models.ForeignKey(Issue, models.CASCADE)
    tag = models.ForeignKey(Tag, models.CASCADE)


class Credit(models.Model):
    issue = models.ForeignKey(Issue, models.CASCADE)
    writer = models.ForeignKey(Author, models.CASCADE)
    editor = models.ForeignKey(Author, models.CASCADE, related_name="edited")


class Group(models.Model):
    parts = models.ManyToManyField("auth.Group", related_name="+")
