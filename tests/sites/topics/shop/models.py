from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.db import models


class Tag(models.Model):
    item = GenericForeignKey("content_type", "object_id")

    def __str__(self):
        return self.name


class Author(models.Model):
    pass


class BookQuerySet(models.QuerySet):
    def cheap(self):
        return self.filter(price__lt=10)


class Book(models.Model):
    tags = GenericRelation(Tag, related_query_name="book")

    objects = BookQuerySet.as_manager()


class Store(models.Model):
    pass


class Stock(models.Model):
    pass


class Person(models.Model):
    def __str__(self):
        return self.name


class Acquaintance(models.Model):
    pass
