"""What `djr inspectdb` wrote, as the facts that Django's introspection finds."""

REFERENCES = {"ForeignKey", "OneToOneField"}
NO_COLUMN = {"ManyToManyField", "CompositePrimaryKey"}


class Model:
    """A model of `models.toml`."""

    def __init__(self, name, declared, models):
        self.name, self.declared, self.models = name, declared, models
        self.table = declared["db_table"]
        fields = declared.get("fields", {})
        self.fields = {key: field for key, field in fields.items() if field["type"] not in NO_COLUMN}
        pairs = [field for field in fields.values() if field["type"] == "CompositePrimaryKey"]
        self.key = pairs[0]["fields"] if pairs else []
        self.key += [name for name, field in self.fields.items() if field.get("primary_key")]

    def column(self, name):
        field = self.fields[name]
        implied = f"{name}_id" if field["type"] in REFERENCES else name
        return field.get("db_column") or implied

    def facts(self):
        return {
            "columns": {self.column(name): self.described(name) for name in self.fields},
            "references": dict(filter(None, map(self.reference, self.fields))),
            "indexes": sorted(self.indexes()),
            "uniques": sorted(self.uniques()),
            "checks": sorted(self.checks()),
        }

    def target(self, field):
        """The model that a reference goes to; none where it is one of the installed ones."""
        return self if field["to"] == "self" else self.models.get(field["to"])

    def type(self, name):
        """The class, its output's for a computed field; none for a reference."""
        field = self.fields[name]
        field = field.get("output_field", field)
        if field["type"] in REFERENCES:
            return None
        return "AutoField" if field["type"].endswith("AutoField") else field["type"]

    def described(self, name):
        field = self.fields[name]
        return [self.type(name), field.get("null", False), "db_default" in field, name in self.key]

    def reference(self, name):
        field = self.fields[name]
        target = field["type"] in REFERENCES and self.target(field)
        if not target:
            return None
        to = field.get("to_field") or target.key[0]
        return self.column(name), [target.column(to), target.table]

    def indexes(self):
        for name, field in self.fields.items():
            is_unique = field.get("unique") or field.get("primary_key")
            if field.get("db_index", field["type"] == "ForeignKey" and not is_unique):
                yield [[self.column(name), "ASC"]]
        for index in self.declared.get("indexes", []):
            parts = [self.part(part) for part in index.get("expressions", [])]
            for name in index.get("fields", []):
                order = "DESC" if name.startswith("-") else "ASC"
                parts.append([self.column(name.removeprefix("-")), order])
            yield parts

    def part(self, part):
        """The column of a part of an index, if it is one, and which way it runs."""
        order = "DESC" if isinstance(part, dict) and "desc" in part else "ASC"
        if isinstance(part, dict):
            part = part.get("desc", part.get("asc", part))
        if isinstance(part, dict):
            part = part.get("Collate", part)
        return [self.column(part) if isinstance(part, str) else "None", order]

    def uniques(self):
        for name, field in self.fields.items():
            if field.get("unique") or field["type"] == "OneToOneField" or [name] == self.key:
                yield [self.column(name)]
        if len(self.key) > 1:
            yield sorted(self.column(name) for name in self.key)
        for names in self.declared.get("unique_together", []):
            yield sorted(map(self.column, names))
        for constraint in self.declared.get("constraints", []):
            if "check" not in constraint:
                parts = [self.part(part)[0] for part in constraint.get("expressions", [])]
                yield sorted(parts + [self.column(name) for name in constraint.get("fields", [])])

    def checks(self):
        for name, field in self.fields.items():
            if field["type"].startswith("Positive") or field["type"] == "JSONField":
                yield [self.column(name)]
        for constraint in self.declared.get("constraints", []):
            if "check" in constraint:
                yield sorted({self.column(name) for name in self.named(constraint["check"])})

    def named(self, condition):
        """The fields that a condition or an expression names."""
        if isinstance(condition, list):
            for part in condition:
                yield from self.named(part)
        elif isinstance(condition, dict):
            for key, value in condition.items():
                name = key.rpartition("__")[0] or key
                name = key if key in self.fields else name
                if name in self.fields:
                    yield name
                if isinstance(value, (dict, list)):
                    yield from self.named(value)
                elif isinstance(value, str) and key not in self.fields and "__" not in key:
                    yield value
