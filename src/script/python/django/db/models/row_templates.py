"""What models.toml says of rows by templates: `str` and `url`."""


def rendered(instance, name):
    """The text that the template `name` makes of an instance."""
    import _djr_models

    return _djr_models.rendered(instance._meta.concrete_model._meta.label, name, instance)
