from django.db import models
from django.template.defaultfilters import filesizeformat


class Document(models.Model):
    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.size = self.file.size
        super().save(*args, **kwargs)

    @property
    def shown_size(self):
        return filesizeformat(self.size)

    def first_line(self):
        with self.file.open("r") as file:
            return file.readline().strip()
