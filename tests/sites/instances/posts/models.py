from django.contrib.contenttypes.fields import GenericForeignKey
from django.core.exceptions import ValidationError
from django.db import models


class PostQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Post.Status.PUBLISHED)

    def _hidden(self):
        return self

    def delete_all(self):
        return self.delete()

    delete_all.queryset_only = True


class PublishedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(status="PB")


class Post(models.Model):
    class Status(models.TextChoices):
        DRAFT = "DF", "Draft"
        PUBLISHED = "PB", "Published"
        DELETED = "XX"

    objects = PostQuerySet.as_manager()
    published = PublishedManager()

    @property
    def shouted(self):
        return self.title.upper()

    @shouted.setter
    def shouted(self, value):
        self.title = value.lower()

    def clean(self):
        if self.title == "forbidden":
            raise ValidationError("This title is forbidden.", code="forbidden")
        if self.title == "both":
            raise ValidationError({"slug": "Not this slug.", "title": ["Not this.", "Nor that."]})


class Country(models.Model):
    def save(self, *args, **kwargs):
        self.name = self.name.title()
        super().save(*args, **kwargs)


class Note(models.Model):
    about = GenericForeignKey()


class OldPost(Post):
    class Meta:
        proxy = True
        ordering = ["-title"]

    def age(self):
        return "old"
