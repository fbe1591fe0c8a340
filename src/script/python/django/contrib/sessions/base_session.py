"""What models of sessions have in common."""

from django.db import models


class BaseSessionManager(models.Manager):
    def encode(self, session_dict):
        """The data as it is stored."""
        return self.model.get_session_store_class()().encode(session_dict)

    def save(self, session_key, session_dict, expire_date):
        found = self.model(session_key, self.encode(session_dict), expire_date)
        if session_dict:
            found.save()
        else:
            found.delete()
        return found


class AbstractBaseSession(models.Model):
    """A session."""

    objects = BaseSessionManager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.session_key

    @classmethod
    def get_session_store_class(cls):
        raise NotImplementedError

    def get_decoded(self):
        return self.get_session_store_class()().decode(self.session_data)
