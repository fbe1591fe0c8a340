"""Text in every form, with every option."""

import uuid

from django.core import validators
from django.db import models


class OfChar(models.Model):
    plain = models.CharField(max_length=30)
    nullable = models.CharField(max_length=30, null=True, blank=True)
    with_default = models.CharField(max_length=30, default='a')
    with_db_default = models.CharField(max_length=30, db_default="a'b%")
    nullable_with_db_default = models.CharField(max_length=30, null=True, db_default="a'b%")
    with_choices = models.CharField(max_length=30, choices=[("a", "Apple"), ("b", "Bear")])
    distinct_values = models.CharField(max_length=30, unique=True)
    indexed = models.CharField(max_length=30, db_index=True)
    not_indexed = models.CharField(max_length=30, db_index=False)
    other_column = models.CharField(max_length=30, db_column="Other Column")
    with_collation = models.CharField(max_length=30, db_collation="nocase")
    described = models.CharField(max_length=30, verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.CharField(max_length=30, editable=False, error_messages={"null": "Say it."})
    validated = models.CharField(max_length=30, validators=[validators.validate_slug, validators.RegexValidator("^a", "No.")])
    unlimited = models.CharField()


class KeyOfChar(models.Model):
    code = models.CharField(max_length=30, primary_key=True)


class RefersToChar(models.Model):
    to = models.ForeignKey(KeyOfChar, on_delete=models.CASCADE)


class OfText(models.Model):
    plain = models.TextField()
    nullable = models.TextField(null=True, blank=True)
    with_default = models.TextField(default='a')
    with_db_default = models.TextField(db_default='two words')
    nullable_with_db_default = models.TextField(null=True, db_default='two words')
    with_choices = models.TextField(choices=[("Fruit", [("a", "Apple")]), ("b", "Bear")])
    distinct_values = models.TextField(unique=True)
    indexed = models.TextField(db_index=True)
    not_indexed = models.TextField(db_index=False)
    other_column = models.TextField(db_column="Other Column")
    with_collation = models.TextField(db_collation="nocase")
    described = models.TextField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.TextField(editable=False, error_messages={"null": "Say it."})
    validated = models.TextField(validators=[validators.MinLengthValidator(1)])
    with_max_length = models.TextField(max_length=9)


class KeyOfText(models.Model):
    code = models.TextField(primary_key=True)


class RefersToText(models.Model):
    to = models.ForeignKey(KeyOfText, on_delete=models.CASCADE)


class OfSlug(models.Model):
    plain = models.SlugField()
    nullable = models.SlugField(null=True, blank=True)
    with_default = models.SlugField(default='a')
    with_db_default = models.SlugField(db_default='a')
    nullable_with_db_default = models.SlugField(null=True, db_default='a')
    with_choices = models.SlugField(choices=[("a", "Apple"), ("b", "Bear")])
    distinct_values = models.SlugField(unique=True)
    indexed = models.SlugField(db_index=True)
    not_indexed = models.SlugField(db_index=False)
    other_column = models.SlugField(db_column="Other Column")
    with_collation = models.SlugField(db_collation="nocase")
    described = models.SlugField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.SlugField(editable=False, error_messages={"null": "Say it."})
    validated = models.SlugField(validators=[validators.validate_slug, validators.RegexValidator("^a", "No.")])
    with_max_length = models.SlugField(max_length=9)
    with_allow_unicode = models.SlugField(allow_unicode=True)


class KeyOfSlug(models.Model):
    code = models.SlugField(primary_key=True)


class RefersToSlug(models.Model):
    to = models.ForeignKey(KeyOfSlug, on_delete=models.CASCADE)


class OfEmail(models.Model):
    plain = models.EmailField()
    nullable = models.EmailField(null=True, blank=True)
    with_default = models.EmailField(default='a@b.se')
    with_db_default = models.EmailField(db_default='a@b.se')
    nullable_with_db_default = models.EmailField(null=True, db_default='a@b.se')
    distinct_values = models.EmailField(unique=True)
    indexed = models.EmailField(db_index=True)
    not_indexed = models.EmailField(db_index=False)
    other_column = models.EmailField(db_column="Other Column")
    with_collation = models.EmailField(db_collation="nocase")
    described = models.EmailField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.EmailField(editable=False, error_messages={"null": "Say it."})
    validated = models.EmailField(validators=[validators.EmailValidator(allowlist=["intranet"])])
    with_max_length = models.EmailField(max_length=99)


class KeyOfEmail(models.Model):
    code = models.EmailField(primary_key=True)


class RefersToEmail(models.Model):
    to = models.ForeignKey(KeyOfEmail, on_delete=models.CASCADE)


class OfURL(models.Model):
    plain = models.URLField()
    nullable = models.URLField(null=True, blank=True)
    with_default = models.URLField(default='http://a.se')
    with_db_default = models.URLField(db_default='http://a.se')
    nullable_with_db_default = models.URLField(null=True, db_default='http://a.se')
    distinct_values = models.URLField(unique=True)
    indexed = models.URLField(db_index=True)
    not_indexed = models.URLField(db_index=False)
    other_column = models.URLField(db_column="Other Column")
    with_collation = models.URLField(db_collation="nocase")
    described = models.URLField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.URLField(editable=False, error_messages={"null": "Say it."})
    validated = models.URLField(validators=[validators.URLValidator(["https"])])
    with_max_length = models.URLField(max_length=99)


class KeyOfURL(models.Model):
    code = models.URLField(primary_key=True)


class RefersToURL(models.Model):
    to = models.ForeignKey(KeyOfURL, on_delete=models.CASCADE)


class OfUUID(models.Model):
    plain = models.UUIDField()
    nullable = models.UUIDField(null=True, blank=True)
    with_default = models.UUIDField(default=uuid.uuid4)
    with_db_default = models.UUIDField(db_default=uuid.UUID("12345678-1234-5678-1234-567812345678"))
    nullable_with_db_default = models.UUIDField(null=True, db_default=uuid.UUID("12345678-1234-5678-1234-567812345678"))
    distinct_values = models.UUIDField(unique=True)
    indexed = models.UUIDField(db_index=True)
    not_indexed = models.UUIDField(db_index=False)
    other_column = models.UUIDField(db_column="Other Column")
    described = models.UUIDField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.UUIDField(editable=False, error_messages={"null": "Say it."})


class KeyOfUUID(models.Model):
    code = models.UUIDField(primary_key=True)


class RefersToUUID(models.Model):
    to = models.ForeignKey(KeyOfUUID, on_delete=models.CASCADE)


class OfJSON(models.Model):
    plain = models.JSONField()
    nullable = models.JSONField(null=True, blank=True)
    with_default = models.JSONField(default=dict)
    with_db_default = models.JSONField(db_default=models.Value({"a": [1, True, "ä"]}, models.JSONField()))
    nullable_with_db_default = models.JSONField(null=True, db_default=models.Value({"a": [1, True, "ä"]}, models.JSONField()))
    distinct_values = models.JSONField(unique=True)
    indexed = models.JSONField(db_index=True)
    not_indexed = models.JSONField(db_index=False)
    other_column = models.JSONField(db_column="Other Column")
    described = models.JSONField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.JSONField(editable=False, error_messages={"null": "Say it."})


class OfGenericIPAddress(models.Model):
    plain = models.GenericIPAddressField()
    nullable = models.GenericIPAddressField(null=True, blank=True)
    with_default = models.GenericIPAddressField(default='10.0.0.1')
    with_db_default = models.GenericIPAddressField(db_default='10.0.0.1')
    nullable_with_db_default = models.GenericIPAddressField(null=True, db_default='10.0.0.1')
    distinct_values = models.GenericIPAddressField(unique=True)
    indexed = models.GenericIPAddressField(db_index=True)
    not_indexed = models.GenericIPAddressField(db_index=False)
    other_column = models.GenericIPAddressField(db_column="Other Column")
    described = models.GenericIPAddressField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.GenericIPAddressField(editable=False, error_messages={"null": "Say it."})
    validated = models.GenericIPAddressField(validators=[validators.validate_ipv4_address])
    with_protocol_0 = models.GenericIPAddressField(protocol="IPv4")
    with_protocol_1 = models.GenericIPAddressField(protocol="IPv6")
    with_unpack_ipv4 = models.GenericIPAddressField(unpack_ipv4=True)


class KeyOfGenericIPAddress(models.Model):
    code = models.GenericIPAddressField(primary_key=True)


class RefersToGenericIPAddress(models.Model):
    to = models.ForeignKey(KeyOfGenericIPAddress, on_delete=models.CASCADE)


class OfBinary(models.Model):
    plain = models.BinaryField()
    nullable = models.BinaryField(null=True, blank=True)
    distinct_values = models.BinaryField(unique=True)
    indexed = models.BinaryField(db_index=True)
    not_indexed = models.BinaryField(db_index=False)
    other_column = models.BinaryField(db_column="Other Column")
    described = models.BinaryField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.BinaryField(editable=False, error_messages={"null": "Say it."})
    validated = models.BinaryField(validators=[validators.MinLengthValidator(1)])
    with_max_length = models.BinaryField(max_length=9)


class KeyOfBinary(models.Model):
    code = models.BinaryField(primary_key=True)


class RefersToBinary(models.Model):
    to = models.ForeignKey(KeyOfBinary, on_delete=models.CASCADE)
