from django.db import models


class Profile(models.Model):
    DEFAULTS = {"theme": "light", "per_page": 20, "mail": {"news": False}}

    def __str__(self):
        return f"profile of {self.user}"

    def get_preference(self, name):
        return self.preferences.get(name, self.DEFAULTS.get(name))

    def set_preference(self, name, value):
        if name not in self.DEFAULTS:
            raise ValueError(f"{name} is not a preference")
        self.preferences[name] = value
        self.save(update_fields=["preferences"])

    @property
    def name(self):
        return self.user.get_full_name() or self.user.username


class LoginEvent(models.Model):
    def __str__(self):
        return f"{self.what} {self.username}"
