"""Rows that djr itself writes, saved and deleted as instances where somebody listens."""


def save(label, values, is_adding, how):
    """The values of the row once it is saved; None where nobody listens."""
    from django.db.models.signals import post_save, pre_save

    if not (pre_save.receivers or post_save.receivers):
        return None
    instance = _instance(label, values, is_adding, how["using"])
    # A row of a fixture is written as it stands, past what its class does in `save`.
    write = instance.save_base if how.get("raw") else instance.save
    write(**how)
    data, fields = instance.__dict__, instance._meta.concrete_fields
    return {field.attname: data[field.attname] for field in fields if field.attname in data}


def set_many(label, values, name, keys, using):
    """Whether somebody listens: then the rows of these keys belong to the row, and no others."""
    from django.db.models.signals import m2m_changed

    if not m2m_changed.receivers:
        return False
    getattr(_instance(label, values, False, using, is_told=False), name).set(keys)
    return True


def _instance(label, values, is_adding, using, is_told=True):
    from django.apps import apps
    from django.db.models.base import ModelState
    from django.db.models.signals import post_init, pre_init

    model = apps.get_model(label)
    if is_told and pre_init.receivers:
        pre_init.send(sender=model, args=(), kwargs=values)
    instance = model.__new__(model)
    instance._state = state = ModelState()
    data = instance.__dict__
    data.update(values)
    if is_adding:
        for field in model._meta.concrete_fields:
            if field.attname not in data and not field.generated:
                data[field.attname] = field.get_default() if field.has_db_default() else None
    else:
        state.adding, state.db = False, using
    if is_told and post_init.receivers:
        post_init.send(sender=model, instance=instance)
    return instance


def delete(label, keys, using):
    """How many rows went, and of which models; None where nobody listens, and where Python deletes them already."""
    from django.db.models.signals import post_delete, pre_delete

    if not (pre_delete.receivers or post_delete.receivers):
        return None
    from django.db.models import collector

    if collector.Collector.running:
        return None
    from django.apps import apps

    rows = apps.get_model(label)._base_manager.using(using).filter(pk__in=keys)
    found = collector.Collector(using=using, origin=rows)
    found.collect(rows)
    return found.delete()
