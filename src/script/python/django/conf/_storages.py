"""The storages of `[storages]` under the names of Django's settings."""


def settings_of_project():
    """STORAGES, MEDIA_ROOT and MEDIA_URL as `[storages]` says."""
    try:
        import _djr_storage
    except ImportError:
        return {}
    known, storages = _djr_storage.settings(), {}
    for alias, (is_directory, location, base_url, own, said) in known.items():
        if own:
            given = {"location": location, "base_url": base_url}
            storages[alias] = {"BACKEND": own, "OPTIONS": {key: given[key] for key in said}}
            continue
        options = {"alias": alias}
        if is_directory:
            options.update(location=location, base_url=base_url or None)
        kind = "ServerFileSystemStorage" if is_directory else "ServerStorage"
        storages[alias] = {"BACKEND": f"django.core.files.storage.server.{kind}", "OPTIONS": options}
    if not storages:
        return {}
    found = {"STORAGES": storages}
    is_directory, location, base_url, own, _ = known.get("default", (False, "", "", None, []))
    if is_directory or own:
        found.update(MEDIA_ROOT=location, MEDIA_URL=base_url)
    return found
