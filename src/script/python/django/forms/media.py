"""Stylesheets and scripts that forms and widgets need."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

MEDIA_TYPES = ("css", "js")


def absolute_path(path):
    """The address of a file; a path that leads nowhere else lies among the static files."""
    if path.startswith(("http://", "https://", "/")):
        return path
    from django.templatetags.static import static

    return static(path)


class MediaAsset:
    """A file with attributes of its own."""

    element_template = "{path}"

    def __init__(self, path, **attributes):
        self._path, self.attributes = path, attributes

    def __eq__(self, other):
        if isinstance(other, str):
            return self._path == other
        return type(self) is type(other) and self.path == other.path

    def __hash__(self):
        return hash(self._path)

    def __repr__(self):
        return f"{type(self).__qualname__}({self._path!r})"

    def __html__(self):
        from django.forms.utils import flatatt

        return format_html(self.element_template, path=self.path, attributes=flatatt(self.attributes))

    __str__ = __html__

    @property
    def path(self):
        return absolute_path(self._path)


class Script(MediaAsset):
    """A script with attributes of its own."""

    element_template = '<script src="{path}"{attributes}></script>'

    def __init__(self, src, **attributes):
        super().__init__(src, **attributes)


class Media:
    """Lists of files, which are joined in an order that fits all of them."""

    def __init__(self, media=None, css=None, js=None):
        self._css_lists = [getattr(media, "css", {}) if media is not None else css or {}]
        self._js_lists = [getattr(media, "js", []) if media is not None else js or []]

    def __repr__(self):
        return f"Media(css={self._css!r}, js={self._js!r})"

    def __str__(self):
        return self.render()

    def __html__(self):
        return self.render()

    @property
    def _css(self):
        lists = {}
        for css in self._css_lists:
            for medium, paths in css.items():
                lists.setdefault(medium, []).append(paths)
        return {medium: self.merge(*lists[medium]) for medium in lists}

    @property
    def _js(self):
        return self.merge(*self._js_lists)

    def render(self):
        lines = [line for kind in MEDIA_TYPES for line in getattr(self, f"render_{kind}")()]
        return mark_safe("\n".join(lines))

    def render_js(self):
        for path in self._js:
            shown = path.__html__() if hasattr(path, "__html__") else None
            yield shown or format_html('<script src="{}"></script>', self.absolute_path(path))

    def render_css(self):
        css = self._css
        for medium in sorted(css):
            for path in css[medium]:
                shown = path.__html__() if hasattr(path, "__html__") else None
                yield shown or format_html(
                    '<link href="{}" media="{}" rel="stylesheet">', self.absolute_path(path), medium
                )

    def absolute_path(self, path):
        return absolute_path(path)

    def __getitem__(self, name):
        if name not in MEDIA_TYPES:
            raise KeyError(f"{name!r} is neither css nor js")
        return Media(**{name: getattr(self, f"_{name}")})

    @staticmethod
    def merge(*lists):
        """One list in which each file stands behind those that come before it in any list, if that can be."""
        before = {}
        for items in lists:
            items = list(items)
            for at, item in enumerate(items):
                before.setdefault(item, set()).update(items[:at])
        merged, left = [], list(before)
        while left:
            ready = [item for item in left if not (before[item] - {item}) & set(left)]
            if not ready:
                import warnings

                warnings.warn(f"the order of these files is not clear: {left}", MediaOrderConflictWarning, stacklevel=2)
                ready = left[:1]
            merged += ready
            left = [item for item in left if item not in ready]
        return merged

    def __add__(self, other):
        combined = Media()
        combined._css_lists = [css for css in [*self._css_lists, *other._css_lists] if css]
        combined._js_lists = [js for js in [*self._js_lists, *other._js_lists] if js]
        return combined


class MediaOrderConflictWarning(RuntimeWarning):
    """Two lists ask for opposite orders."""


def media_property(cls):
    """The property `media` of a class with an inner `Media`."""

    def media(self):
        inherited = super(cls, self).media if hasattr(super(cls, self), "media") else Media()
        definition = getattr(cls, "Media", None)
        if definition is None:
            return inherited
        extend = getattr(definition, "extend", True)
        if not extend:
            return Media(definition)
        base = inherited
        if extend is not True:
            base = Media()
            for name in extend:
                base += inherited[name]
        return base + Media(definition)

    return property(media)


class MediaDefiningClass(type):
    """Gives classes with an inner `Media` their property."""

    def __new__(mcs, name, bases, attrs):
        made = super().__new__(mcs, name, bases, attrs)
        if "media" not in attrs:
            made.media = media_property(made)
        return made
