"""Files and paths, with every option."""

from django.core import validators
from django.core.files.storage import FileSystemStorage
from django.db import models


class OfFile(models.Model):
    plain = models.FileField()
    nullable = models.FileField(null=True, blank=True)
    with_default = models.FileField(default='a.txt')
    with_db_default = models.FileField(db_default='a.txt')
    nullable_with_db_default = models.FileField(null=True, db_default='a.txt')
    distinct_values = models.FileField(unique=True)
    indexed = models.FileField(db_index=True)
    not_indexed = models.FileField(db_index=False)
    other_column = models.FileField(db_column="Other Column")
    described = models.FileField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.FileField(editable=False, error_messages={"null": "Say it."})
    validated = models.FileField(validators=[validators.FileExtensionValidator(["pdf"])])
    with_upload_to = models.FileField(upload_to="papers/%Y/")
    with_storage = models.FileField(storage=FileSystemStorage("/srv/others"))
    with_max_length = models.FileField(max_length=50)


class OfImage(models.Model):
    width = models.IntegerField()
    height = models.IntegerField()
    plain = models.ImageField()
    nullable = models.ImageField(null=True, blank=True)
    with_default = models.ImageField(default='a.png')
    with_db_default = models.ImageField(db_default='a.png')
    nullable_with_db_default = models.ImageField(null=True, db_default='a.png')
    distinct_values = models.ImageField(unique=True)
    indexed = models.ImageField(db_index=True)
    not_indexed = models.ImageField(db_index=False)
    other_column = models.ImageField(db_column="Other Column")
    described = models.ImageField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.ImageField(editable=False, error_messages={"null": "Say it."})
    validated = models.ImageField(validators=[validators.validate_image_file_extension])
    with_upload_to = models.ImageField(upload_to="covers/")
    with_storage = models.ImageField(storage=FileSystemStorage("/srv/others"))
    with_max_length = models.ImageField(max_length=50)
    with_width_field_height_field = models.ImageField(width_field="width", height_field="height")


class OfFilePath(models.Model):
    plain = models.FilePathField()
    nullable = models.FilePathField(null=True, blank=True)
    with_default = models.FilePathField(default='/a')
    with_db_default = models.FilePathField(db_default='/a')
    nullable_with_db_default = models.FilePathField(null=True, db_default='/a')
    distinct_values = models.FilePathField(unique=True)
    indexed = models.FilePathField(db_index=True)
    not_indexed = models.FilePathField(db_index=False)
    other_column = models.FilePathField(db_column="Other Column")
    described = models.FilePathField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.FilePathField(editable=False, error_messages={"null": "Say it."})
    with_path = models.FilePathField(path="/srv")
    with_match = models.FilePathField(match="^a")
    with_recursive = models.FilePathField(recursive=True)
    with_allow_files_allow_folders = models.FilePathField(allow_files=True, allow_folders=True)
    with_max_length = models.FilePathField(max_length=50)


class KeyOfFilePath(models.Model):
    code = models.FilePathField(primary_key=True)


class RefersToFilePath(models.Model):
    to = models.ForeignKey(KeyOfFilePath, on_delete=models.CASCADE)
