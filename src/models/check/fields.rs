//! Options of a field that do not go together.

use crate::diagnostic::Finding;
use crate::models::check::{CheckedModel, literals as literal_check};
use crate::models::{
    Choice, DefaultFunction, Field, FieldDefault, FieldKind, Literal, Model, ModelSet as _,
    OnDelete, ReferenceError, Registry,
};
use crate::text;

/// Checks every field of a model.
pub(super) fn check(subject: &CheckedModel<'_>, registry: &Registry) {
    for field in &subject.model.fields {
        let checked = FieldCheck { subject, field };
        checked.check_kind();
        checked.check_key();
        checked.check_default(registry);
        checked.check_choices();
        checked.check_relation(registry);
        checked.check_many_to_many(registry);
    }
}

struct FieldCheck<'c> {
    subject: &'c CheckedModel<'c>,
    field: &'c Field,
}

impl FieldCheck<'_> {
    fn report(&self, option: &str, message: String, hint: &str) {
        let finding = Finding::error("wrong-field", message).hint(hint);
        self.subject.report(&self.field.name, option, finding);
    }

    fn check_kind(&self) {
        let name = &self.field.name;
        match &self.field.kind {
            FieldKind::Decimal {
                max_digits,
                decimal_places,
            } if decimal_places > max_digits => {
                let message = format!("`{name}` has more `decimal_places` than `max_digits`");
                self.report(
                    "max_digits",
                    message,
                    "`max_digits` counts both sides of the point",
                );
            }
            FieldKind::Date(stamp) | FieldKind::DateTime(stamp) | FieldKind::Time(stamp) => {
                let has_default = self.field.default.is_some() || self.field.db_default.is_some();
                let set = [stamp.auto_now, stamp.auto_now_add, has_default];
                if set.into_iter().filter(|set| *set).count() > 1 {
                    let message = format!(
                        "`auto_now`, `auto_now_add` and a default exclude each other in `{name}`"
                    );
                    self.report("auto_now", message, "keep one of them");
                }
            }
            FieldKind::FilePath {
                allow_files: false,
                allow_folders: false,
                ..
            } => {
                let message = format!("`{name}` allows neither files nor folders");
                self.report(
                    "allow_files",
                    message,
                    "set `allow_files` or `allow_folders`",
                );
            }
            FieldKind::File { upload_to, .. } | FieldKind::Image { upload_to, .. }
                if upload_to.starts_with('/') =>
            {
                let message = format!("`upload_to` of `{name}` must be a relative path");
                self.report("upload_to", message, "it is taken from the media directory");
            }
            FieldKind::GenericIpAddress { .. } if self.field.blank && !self.field.null => {
                let message = format!("`{name}` stores a blank address as null");
                self.report("blank", message, "add `null = true`");
            }
            FieldKind::Generated { output_field, .. } => self.check_generated(output_field),
            _ => {}
        }
        if self.field.kind.max_length() == Some(0) {
            let message = format!("`max_length` of `{name}` must be positive");
            self.report(
                "max_length",
                message,
                "write how many characters there may be",
            );
        }
    }

    fn check_generated(&self, output_field: &Field) {
        let name = &self.field.name;
        if self.field.default.is_some() || self.field.db_default.is_some() {
            let message = format!("`{name}` is computed and has no default");
            self.report("default", message, "remove the default");
        }
        if self.field.editable || self.field.primary_key {
            let option = if self.field.editable {
                "editable"
            } else {
                "primary_key"
            };
            let message = format!("`{name}` is computed and cannot be `{option}`");
            self.report(option, message, "remove the option");
        }
        if !output_field.has_column() || output_field.relation().is_some() {
            let message = format!(
                "`{name}` cannot be computed as {}",
                text::with_article(output_field.kind.class_name())
            );
            self.report("output_field", message, "name a field of a plain value");
        }
    }

    fn check_key(&self) {
        let (name, field) = (&self.field.name, self.field);
        if field.primary_key && field.null {
            let message = format!("`{name}` is the primary key and cannot be null");
            self.report("null", message, "remove `null = true`");
        }
        if field.kind.is_auto() && !field.primary_key {
            let message = format!("`{name}` counts up by itself and must be the primary key");
            self.report("type", message, "add `primary_key = true`");
        }
        let is_file = matches!(field.kind, FieldKind::File { .. } | FieldKind::Image { .. });
        let many = field.many_to_many().is_some();
        if field.primary_key && (is_file || many) {
            let message = format!(
                "{} cannot be the primary key",
                text::with_article(field.kind.class_name())
            );
            self.report("primary_key", message, "remove `primary_key = true`");
        }
        if many && field.unique {
            let message = format!("`{name}` refers to many rows and cannot be unique");
            self.report("unique", message, "remove `unique = true`");
        }
        let key = self.subject.model.primary_key();
        if name == "id" && !field.primary_key && key.is_some_and(|key| key.name == "id") {
            let message = "`id` is the name of the primary key".to_owned();
            self.report(
                "id",
                message,
                "add `primary_key = true`, or take another name",
            );
        }
        if matches!(field.kind, FieldKind::CompositePrimaryKey { .. })
            && (field.default.is_some() || field.db_default.is_some() || field.db_column.is_some())
        {
            let message = format!("`{name}` is not a column: it has neither default nor name");
            self.report("default", message, "give them to its fields");
        }
    }

    fn check_default(&self, registry: &Registry) {
        // A reference that leads nowhere is told of elsewhere.
        let found = registry.value_kind(self.field);
        let kind = found.unwrap_or_else(|_| self.field.value_kind());
        let (name, class) = (&self.field.name, text::with_article(kind.class_name()));
        match &self.field.default {
            Some(FieldDefault::Value(value)) if !literal_check::accepts(kind, value) => {
                let message = format!(
                    "`{name}` is {class} and never {}",
                    literal_check::describe(value)
                );
                self.report("default", message, literal_check::hint(kind));
            }
            Some(FieldDefault::Function(function)) if !returns(*function, kind) => {
                let names = DefaultFunction::ALL.iter();
                let fitting = names.filter(|(_, function)| returns(*function, kind));
                let fitting: Vec<_> = fitting.map(|(name, _)| *name).collect();
                let message = format!("{class} cannot hold what that function returns");
                let hint = if fitting.is_empty() {
                    literal_check::hint(kind).to_owned()
                } else {
                    format!("one of {}", text::quoted(fitting))
                };
                self.report("default", message, &hint);
            }
            _ => {}
        }
        if let Some(crate::models::expression::Expression::Value(value)) = &self.field.db_default
            && !literal_check::accepts(kind, value)
        {
            let message = format!(
                "`{name}` is {class} and never {}",
                literal_check::describe(value)
            );
            self.report("db_default", message, literal_check::hint(kind));
        }
    }

    fn check_choices(&self) {
        let kind = self.field.value_kind();
        let values = self.field.choices.iter().flat_map(|choice| match choice {
            Choice::Value(value, _) => vec![value],
            Choice::Group(_, members) => members.iter().map(|(value, _)| value).collect(),
        });
        let values: Vec<_> = values.collect();
        if let Some(wrong) = values
            .iter()
            .find(|value| !literal_check::accepts(kind, value))
        {
            let (name, class) = (&self.field.name, text::with_article(kind.class_name()));
            let message = format!(
                "`{name}` is {class} and never {}",
                literal_check::describe(wrong)
            );
            self.report("choices", message, literal_check::hint(kind));
        }
        let longest = values.iter().filter_map(|value| match value {
            Literal::String(text) => u64::try_from(text.chars().count()).ok(),
            _ => None,
        });
        let (longest, room) = (longest.max().unwrap_or(0), kind.max_length());
        if room.is_some_and(|room| room > 0 && longest > room) {
            let message = format!(
                "`max_length` of `{}` is too small for its choices",
                self.field.name
            );
            self.report(
                "max_length",
                message,
                &format!("write `max_length = {longest}`"),
            );
        }
    }

    fn check_relation(&self, registry: &Registry) {
        let Some(relation) = self.field.relation() else {
            return;
        };
        let name = &self.field.name;
        match relation.on_delete {
            OnDelete::SetNull if !self.field.null => {
                let message = format!("`{name}` becomes null on delete, but cannot be null");
                self.report(
                    "on_delete",
                    message,
                    "add `null = true`, or choose another `on_delete`",
                );
            }
            OnDelete::SetDefault if self.field.default.is_none() => {
                let message = format!("`{name}` becomes its default on delete, but has none");
                self.report(
                    "on_delete",
                    message,
                    "add a `default`, or choose another `on_delete`",
                );
            }
            _ => {}
        }
        let Some(target) = registry.target(&relation.to) else {
            return;
        };
        self.check_target(target, relation.to_field.as_deref());
        if let Err(ReferenceError::Cycle { .. }) = registry.value_field(self.field) {
            let message = format!("`{name}` refers to itself through the keys of other models");
            self.report("to", message, "let one of them have a key of its own");
        }
    }

    fn check_target(&self, target: &Model, to_field: Option<&str>) {
        let Some(to_field) = to_field else {
            if has_composite_key(target) {
                let message = format!(
                    "`{}` has a composite primary key, which no field can hold",
                    target.name
                );
                self.report("to", message, "name a unique field of it with `to_field`");
            }
            return;
        };
        match target.field(to_field) {
            Some(field) if field.is_unique() => {}
            Some(_) => {
                let message = format!(
                    "`{}.{to_field}` must be unique to be referred to",
                    target.name
                );
                self.report("to_field", message, "add `unique = true` there");
            }
            None => {
                let message = format!("`{}` has no field `{to_field}`", target.name);
                let names = target.fields.iter().map(|field| field.name.as_str());
                let hint = text::did_you_mean(to_field, names.clone())
                    .unwrap_or_else(|| format!("its fields are {}", text::quoted(names)));
                self.report("to_field", message, &hint);
            }
        }
    }

    fn check_many_to_many(&self, registry: &Registry) {
        let Some(relation) = self.field.many_to_many() else {
            return;
        };
        if relation.through_fields.is_empty() {
            self.check_keys_of_ends(registry.target(&relation.to));
        }
        let ends = (
            relation
                .through
                .as_ref()
                .and_then(|through| registry.target(through)),
            registry.target(&relation.to),
        );
        let (Some(through), Some(to)) = ends else {
            return;
        };
        if relation.db_table.is_some() {
            let message = format!("`{}` has a model for its table", self.field.name);
            self.report("db_table", message, "give `db_table` to that model");
        }
        if relation.through_fields.is_empty() {
            self.check_ends(registry, through, to);
            return;
        }
        for name in &relation.through_fields {
            if through
                .field(name)
                .is_none_or(|field| field.relation().is_none())
            {
                let message = format!("`{}` has no foreign key `{name}`", through.name);
                self.report(
                    "through_fields",
                    message,
                    "name the two foreign keys of that model",
                );
            }
        }
    }

    /// A row of links holds the keys of both ends, each in one column.
    fn check_keys_of_ends(&self, to: Option<&Model>) {
        let mut ends = to.into_iter().chain([self.subject.model]);
        if let Some(end) = ends.find(|end| has_composite_key(end)) {
            let message = format!(
                "`{}` has a composite primary key, which no link can hold",
                end.name
            );
            let hint = "declare a model for the links, with fields for each part of the key";
            self.report("to", message, hint);
        }
    }

    /// Without `through_fields` each end must have one foreign key, and one alone.
    fn check_ends(&self, registry: &Registry, through: &Model, to: &Model) {
        let own = self.subject.model;
        let count = |end: &Model| {
            let relations = through.fields.iter().filter_map(Field::relation);
            let targets = relations.filter_map(|relation| registry.target(&relation.to));
            targets.filter(|target| target.key() == end.key()).count()
        };
        let wanted = if own.key() == to.key() { 2 } else { 1 };
        for end in [own, to] {
            let found = count(end);
            if found == wanted {
                continue;
            }
            let message = format!(
                "`{}` has {} to `{}`, not {wanted}",
                through.name,
                text::count(found, "foreign key"),
                end.name
            );
            let hint = r#"name the two that count: `through_fields = ["..", ".."]`"#;
            return self.report("through", message, hint);
        }
    }
}

fn has_composite_key(model: &Model) -> bool {
    let key = model.primary_key().map(|key| &key.kind);
    matches!(key, Some(FieldKind::CompositePrimaryKey { .. }))
}

fn returns(function: DefaultFunction, kind: &FieldKind) -> bool {
    match function {
        DefaultFunction::Uuid4 => {
            matches!(
                kind,
                FieldKind::Uuid | FieldKind::Char { .. } | FieldKind::Text { .. }
            )
        }
        DefaultFunction::Now => {
            matches!(
                kind,
                FieldKind::DateTime(_) | FieldKind::Date(_) | FieldKind::Time(_)
            )
        }
        DefaultFunction::Today => matches!(kind, FieldKind::DateTime(_) | FieldKind::Date(_)),
        DefaultFunction::Dict | DefaultFunction::List => matches!(kind, FieldKind::Json),
    }
}
