"""How instances are checked before they are written."""


class ValidatedInstances:
    """`full_clean` and what it consists of."""

    def clean(self):
        """What a model checks of itself; what others override."""

    def clean_fields(self, exclude=None):
        """Cleans each field; the errors of all in one ValidationError."""
        from django.core.exceptions import ValidationError

        exclude = exclude or ()
        errors = {}
        for field in self._meta.fields:
            if field.name in exclude or field.generated:
                continue
            value = getattr(self, field.attname)
            if field.blank and value in field.empty_values:
                continue
            if hasattr(value, "resolve_expression") and type(value).__name__ == "DatabaseDefault":
                continue
            try:
                setattr(self, field.attname, field.clean(value, self))
            except ValidationError as error:
                errors[field.name] = error.error_list
        if errors:
            raise ValidationError(errors)

    def full_clean(self, exclude=None, validate_unique=True, validate_constraints=True):
        """All checks; the errors of all in one ValidationError."""
        from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

        errors = {}
        exclude = set(exclude) if exclude else set()
        try:
            self.clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        try:
            self.clean()
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for is_wanted, check in ((validate_unique, self.validate_unique), (validate_constraints, self.validate_constraints)):
            if not is_wanted:
                continue
            exclude.update(name for name in errors if name != NON_FIELD_ERRORS)
            try:
                check(exclude=exclude)
            except ValidationError as error:
                errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def validate_unique(self, exclude=None):
        """Whether other rows have values that must differ."""
        from django.core.exceptions import ValidationError

        unique_checks, date_checks = self._get_unique_checks(exclude=exclude)
        errors = self._perform_unique_checks(unique_checks)
        for name, found in self._perform_date_checks(date_checks).items():
            errors.setdefault(name, []).extend(found)
        if errors:
            raise ValidationError(errors)

    def _get_unique_checks(self, exclude=None, include_meta_constraints=False):
        """Sets of fields that must differ, and fields that must differ within days, months or years."""
        exclude = exclude or ()
        meta, cls = self._meta, type(self)
        unique_checks = [(cls, names) for names in meta.unique_together if not any(name in exclude for name in names)]
        if include_meta_constraints:
            for constraint in meta.total_unique_constraints:
                if not any(name in exclude for name in constraint.fields):
                    unique_checks.append((cls, constraint.fields))
        date_checks = []
        for field in meta.local_fields:
            if field.name in exclude:
                continue
            if field.unique:
                unique_checks.append((cls, (field.name,)))
            for kind, date in (
                ("date", field.unique_for_date), ("year", field.unique_for_year), ("month", field.unique_for_month)
            ):
                if date and date not in exclude:
                    date_checks.append((cls, kind, field.name, date))
        return unique_checks, date_checks

    def _others(self, model, lookup):
        """Other rows that a lookup finds."""
        rows = model._default_manager.filter(**lookup)
        key = self._get_pk_val()
        if not self._state.adding and self._is_pk_set():
            rows = rows.exclude(pk=key)
        return rows

    def _perform_unique_checks(self, unique_checks):
        errors = {}
        for model, names in unique_checks:
            lookup = {}
            for name in names:
                field = self._meta.get_field(name)
                value = getattr(self, field.attname)
                if value is None:
                    continue
                if field.primary_key and not self._state.adding:
                    continue
                lookup[str(name)] = value
            if len(lookup) != len(names) or not self._others(model, lookup).exists():
                continue
            key = names[0] if len(names) == 1 else "__all__"
            errors.setdefault(key, []).append(self.unique_error_message(model, names))
        return errors

    def _perform_date_checks(self, date_checks):
        errors = {}
        for model, kind, name, date_name in date_checks:
            date = getattr(self, date_name)
            if date is None:
                continue
            parts = ("day", "month", "year") if kind == "date" else (kind,)
            lookup = {f"{date_name}__{part}": getattr(date, part) for part in parts}
            lookup[name] = getattr(self, name)
            if self._others(model, lookup).exists():
                errors.setdefault(name, []).append(self.date_error_message(kind, name, date_name))
        return errors

    def date_error_message(self, lookup_type, field_name, unique_for):
        from django.core.exceptions import ValidationError
        from django.utils.text import capfirst

        meta = self._meta
        field = meta.get_field(field_name)
        return ValidationError(
            message=field.error_messages["unique_for_date"],
            code="unique_for_date",
            params={
                "model": self, "model_name": capfirst(meta.verbose_name), "lookup_type": lookup_type,
                "field": field_name, "field_label": capfirst(field.verbose_name), "date_field": unique_for,
                "date_field_label": capfirst(meta.get_field(unique_for).verbose_name),
            },
        )

    def unique_error_message(self, model_class, unique_check):
        from django.core.exceptions import ValidationError
        from django.utils.text import capfirst, get_text_list

        meta = model_class._meta
        params = {
            "model": self, "model_class": model_class, "model_name": capfirst(meta.verbose_name),
            "unique_check": unique_check,
        }
        if len(unique_check) == 1:
            field = meta.get_field(unique_check[0])
            params["field_label"] = capfirst(field.verbose_name)
            return ValidationError(message=field.error_messages["unique"], code="unique", params=params)
        labels = [capfirst(meta.get_field(name).verbose_name) for name in unique_check]
        params["field_labels"] = get_text_list(labels, "and")
        return ValidationError(
            message="%(model_name)s with this %(field_labels)s already exists.", code="unique_together", params=params
        )

    def get_constraints(self):
        return [(type(self), list(self._meta.constraints))]

    def validate_constraints(self, exclude=None):
        """Whether the row keeps to the constraints of models.toml."""
        from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

        using = self._state.db or "default"
        errors = {}
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    if getattr(error, "code", None) == "unique" and len(constraint.fields) == 1:
                        errors.setdefault(constraint.fields[0], []).append(error)
                    else:
                        errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _get_field_expression_map(self, meta, exclude=None):
        exclude = exclude or ()
        return {field.name: getattr(self, field.attname) for field in meta.concrete_fields if field.name not in exclude}

