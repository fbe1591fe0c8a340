"""Fields that name files of a storage; what their values are is in `files`."""

from django.db.models.fields.base import Field


class FileField(Field):
    """The name of a file in a storage."""

    description = "File"
    is_plain = False

    def __init__(self, verbose_name=None, name=None, upload_to="", storage=None, **kwargs):
        self._storage = storage
        self.upload_to = upload_to
        kwargs.setdefault("max_length", 100)
        super().__init__(verbose_name, name, **kwargs)

    @property
    def attr_class(self):
        from django.db.models.fields.files import FieldFile

        return FieldFile

    @property
    def descriptor_class(self):
        from django.db.models.fields.files import FileDescriptor

        return FileDescriptor

    @property
    def storage(self):
        """The storage that has the files: that of `[storages]` by its alias, or one of code."""
        found = self._storage
        if found is None or isinstance(found, str):
            from django.core.files.storage import default_storage, storages

            found = default_storage if found in (None, "default") else storages[found]
        elif callable(found):
            found = found()
        self._storage = found
        return found

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else str(value)

    def pre_save(self, model_instance, add):
        file = super().pre_save(model_instance, add)
        if file and not file._committed:
            file.save(file.name, file.file, save=False)
        return file

    def generate_filename(self, instance, filename):
        """The path within the storage: `upload_to`, with dates, and the name."""
        if callable(self.upload_to):
            filename = self.upload_to(instance, filename)
        else:
            import datetime
            import posixpath

            filename = posixpath.join(datetime.datetime.now().strftime(str(self.upload_to)), filename)
        from django.core.files.utils import validate_file_name

        filename = validate_file_name(filename, allow_relative_path=True)
        return self.storage.generate_filename(filename)

    def save_form_data(self, instance, data):
        if data is not None:
            setattr(instance, self.name, data or "")


class ImageField(FileField):
    """The name of a picture in a storage."""

    description = "Image"

    def __init__(self, verbose_name=None, name=None, width_field=None, height_field=None, **kwargs):
        self.width_field, self.height_field = width_field, height_field
        super().__init__(verbose_name, name, **kwargs)

    @property
    def attr_class(self):
        from django.db.models.fields.files import ImageFieldFile

        return ImageFieldFile

    @property
    def descriptor_class(self):
        from django.db.models.fields.files import ImageFileDescriptor

        return ImageFileDescriptor

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract and (self.width_field or self.height_field):
            cls._meta.sized_images.append(self)

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        """Writes width and height into the fields that are named for them."""
        if not (self.width_field or self.height_field) or self.attname not in instance.__dict__:
            return
        file = getattr(instance, self.attname)
        if not file and not force:
            return
        named = [name for name in (self.width_field, self.height_field) if name]
        if not force and all(getattr(instance, name) for name in named):
            return
        width, height = (file.width, file.height) if file else (None, None)
        if self.width_field:
            setattr(instance, self.width_field, width)
        if self.height_field:
            setattr(instance, self.height_field, height)
