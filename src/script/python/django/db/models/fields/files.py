"""The values of fields of files: a name in a storage, with what it names."""

from django._lazy import lazily
from django.core.files.base import File
from django.core.files.images import ImageFile

__getattr__ = lazily(__name__, {"django.db.models.fields.file_fields": "FileField ImageField"})


class FieldFile(File):
    """The file of a row; it is opened when its content is asked for."""

    def __init__(self, instance, field, name):
        super().__init__(None, name)
        self.instance, self.field = instance, field
        self._committed = True

    @property
    def storage(self):
        own = self.__dict__.get("_storage")
        return self.field.storage if own is None else own

    @storage.setter
    def storage(self, storage):
        self._storage = storage

    def __eq__(self, other):
        return self.name == getattr(other, "name", other)

    def __hash__(self):
        return hash(self.name)

    def _require_file(self):
        if not self:
            raise ValueError(f"The '{self.field.name}' attribute has no file associated with it.")

    @property
    def file(self):
        self._require_file()
        if self.__dict__.get("_file") is None:
            self._file = self.storage.open(self.name, "rb")
        return self._file

    @file.setter
    def file(self, file):
        self._file = file

    @file.deleter
    def file(self):
        del self._file

    @property
    def path(self):
        """Where it is on disk; a NotImplementedError where the storage has no disk."""
        self._require_file()
        return self.storage.path(self.name)

    @property
    def url(self):
        """Where a browser finds it."""
        self._require_file()
        return self.storage.url(self.name)

    @property
    def size(self):
        """Bytes."""
        self._require_file()
        return self.storage.size(self.name) if self._committed else self.file.size

    def open(self, mode="rb"):
        self._require_file()
        if self.__dict__.get("_file") is None:
            self.file = self.storage.open(self.name, mode)
        else:
            self.file.open(mode)
        return self

    open.alters_data = True

    def _set_instance_attribute(self, name, content):
        setattr(self.instance, self.field.attname, name)

    def save(self, name, content, save=True):
        """Keeps the content, and saves the row with its name."""
        name = self.field.generate_filename(self.instance, name)
        self.name = self.storage.save(name, content, max_length=self.field.max_length)
        self._set_instance_attribute(self.name, content)
        self._committed = True
        if save:
            self.instance.save()

    save.alters_data = True

    def delete(self, save=True):
        """Removes the file, and saves the row without its name."""
        if not self:
            return
        if "_file" in self.__dict__:
            self.close()
            del self.file
        self.storage.delete(self.name)
        self.name = None
        setattr(self.instance, self.field.attname, None)
        self._committed = False
        if save:
            self.instance.save()

    delete.alters_data = True

    @property
    def closed(self):
        file = self.__dict__.get("_file")
        return file is None or file.closed

    def close(self):
        file = self.__dict__.get("_file")
        if file is not None:
            file.close()

    def __getstate__(self):
        # The open file is not a part of it.
        return {
            "name": self.name,
            "closed": False,
            "_committed": True,
            "_file": None,
            "instance": self.instance,
            "field": self.field,
        }

    def __setstate__(self, state):
        self.__dict__.update({name: value for name, value in state.items() if name != "closed"})


class FileDescriptor:
    """The attribute of a row: whatever was put there is a file when it is asked for."""

    def __init__(self, field):
        self.field = field

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        name, data = self.field.attname, instance.__dict__
        if name not in data:
            instance.refresh_from_db(fields=[name])
        value = data[name]
        if not isinstance(value, FieldFile):
            value = data[name] = self._file_of(instance, value)
        elif value.instance is not instance:
            value.instance = instance
        return value

    def _file_of(self, instance, value):
        if isinstance(value, File):
            # Kept when the row is saved.
            file = self.field.attr_class(instance, self.field, value.name)
            file.file = value
            file._committed = False
            return file
        if value is not None and not isinstance(value, str):
            # The database is to say what it is.
            value = getattr(self.field, "db_default", None) if type(value).__name__ == "DatabaseDefault" else value
        return self.field.attr_class(instance, self.field, value)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class ImageFileDescriptor(FileDescriptor):
    """The same, which keeps the fields of width and height as the picture is."""

    def __set__(self, instance, value):
        # While a row is made its own fields come with it.
        is_changed = instance.__dict__.get(self.field.attname) is not None
        super().__set__(instance, value)
        if is_changed:
            self.field.update_dimension_fields(instance, force=True)


class ImageFieldFile(ImageFile, FieldFile):
    """The picture of a row."""

    def _set_instance_attribute(self, name, content):
        # Width and height are read from what was just sent rather than from the storage.
        setattr(self.instance, self.field.attname, content)
        self.instance.__dict__[self.field.attname] = self.name

    def delete(self, save=True):
        self.__dict__.pop("_dimensions_cache", None)
        super().delete(save)
