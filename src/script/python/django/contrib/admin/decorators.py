"""What is written on the functions that `admin.toml` names."""


def action(function=None, *, permissions=None, description=None):
    """Says what an action is called in lists, and which permissions it asks for."""

    def mark(func):
        if permissions is not None:
            func.allowed_permissions = permissions
        if description is not None:
            func.short_description = description
        return func

    return mark if function is None else mark(function)
