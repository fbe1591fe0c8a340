from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify


class PostQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status="PB", published_at__lte=timezone.now())

    def by(self, user):
        return self.filter(author=user)

    def with_counts(self):
        return self.annotate(
            comment_count=models.Count("comments", filter=models.Q(comments__is_approved=True), distinct=True)
        )


class PublishedManager(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(status="PB")


class Category(models.Model):
    def __str__(self):
        return self.name


class Tag(models.Model):
    def __str__(self):
        return self.name


class Post(models.Model):
    objects = PostQuerySet.as_manager()
    published = PublishedManager()

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if not self.slug:
            self.slug = slugify(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("post-detail", kwargs={"slug": self.slug})

    @property
    def is_published(self):
        return self.status == "PB" and self.published_at is not None

    @property
    def reading_time(self):
        return max(1, len(self.body.split()) // 200)

    def publish(self, when=None):
        self.status = "PB"
        self.published_at = when or timezone.now()
        self.save(update_fields=["status", "published_at", "updated_at"])


class Comment(models.Model):
    def __str__(self):
        return f"{self.name} on {self.post}"
