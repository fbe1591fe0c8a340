"""The signals around migrations."""


class PlannedMigration:
    """A migration of a plan; what it does is in its file."""

    def __init__(self, app_label, name):
        self.app_label = app_label
        self.name = name

    def __repr__(self):
        return f"<PlannedMigration {self}>"

    def __str__(self):
        return f"{self.app_label}.{self.name}"


def emit_pre_migrate_signal(verbosity, interactive, db, **kwargs):
    """Tells that migrations are about to run, once for each app with models."""
    from django.db.models.signals import pre_migrate

    _emit(pre_migrate, verbosity, interactive, db, kwargs)


def emit_post_migrate_signal(verbosity, interactive, db, **kwargs):
    """Tells that migrations have run, once for each app with models."""
    from django.db.models.signals import post_migrate

    _emit(post_migrate, verbosity, interactive, db, kwargs)


def _emit(signal, verbosity, interactive, db, kwargs):
    import _djr_models

    from django.apps import apps

    for config in apps.get_app_configs() if signal.receivers else ():
        if _djr_models.names(config.label):
            facts = {"app_config": config, "verbosity": verbosity, "interactive": interactive, "using": db}
            signal.send(sender=config, **facts, **kwargs)


def emit_for_command(facts):
    """What a command of djr sends: before its migrations or after them; `flush` has no plan."""
    from django.apps import apps

    kwargs = {}
    if facts["plan"] is not None:
        plan = [(PlannedMigration(*step["migration"].split(".", 1)), step["is_backwards"]) for step in facts["plan"]]
        kwargs = {"plan": plan, "apps": apps}
    emit = emit_pre_migrate_signal if facts["is_before"] else emit_post_migrate_signal
    emit(facts["verbosity"], facts["interactive"], facts["using"], **kwargs)
