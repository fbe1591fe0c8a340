//! Changes that no migration can make without a loss: refused before one is written.

use crate::diagnostic::Finding;
use crate::migrations::autodetector::detector::Autodetector;
use crate::models::{Field, Model, ModelKey, ModelRef, ModelSet as _, ProjectState};

impl Autodetector<'_> {
    /// Refuses the changes of models that no migration can make.
    pub(super) fn refuse_impossible_changes(&mut self) {
        for (old, new) in self.kept_models() {
            self.refuse_lost_links(&old, &new);
            self.refuse_changed_key(&old, &new);
        }
    }

    /// The rows of a table that a model is declared for would have no place in the new one.
    fn refuse_lost_links(&mut self, old: &Model, new: &Model) {
        for after in &new.fields {
            let before = old.field(&after.name).and_then(Field::many_to_many);
            let (Some(before), Some(relation)) = (before, after.many_to_many()) else {
                continue;
            };
            if before.through.is_some() == relation.through.is_some() {
                continue;
            }
            self.refuse_links_of(old, new, after);
        }
    }

    fn refuse_links_of(&mut self, old: &Model, new: &Model, after: &Field) {
        let field = format!("{}.{}", new.key(), after.name);
        let through = after
            .many_to_many()
            .and_then(|relation| relation.through.clone());
        let copy = "declare another field beside it, copy the links with `RunSQL` in a migration of its own, then \
                    remove this one";
        let Some(through) = through else {
            let message = format!(
                "`{field}` cannot do without `through`: the links are rows of the model's table"
            );
            self.refuse("through", message, copy.to_owned());
            return;
        };
        let Some(table) = auto_created_table(&self.from_state, old, after) else {
            return;
        };
        let message = format!(
            "`{field}` cannot go through `{through}`: its links are rows of `{}`",
            table.db_table()
        );
        let is_new = self
            .from_state
            .find(through.resolve(&self.user_model))
            .is_none();
        let hint = if is_new {
            let ends = table.fields[1..]
                .iter()
                .map(|end| format!("`{}`", end.name));
            format!(
                "with `db_table = \"{}\"`, no key of its own and foreign keys {} to the two models, `{through}` \
                 takes the table over",
                table.db_table(),
                ends.collect::<Vec<_>>().join(" and ")
            )
        } else {
            copy.to_owned()
        };
        self.refuse("through", message, hint);
    }

    /// References hold the values of a key; with another key they would refer to nothing.
    fn refuse_changed_key(&mut self, old: &Model, new: &Model) {
        let (Some(before), Some(after)) = (old.primary_key(), new.primary_key()) else {
            return;
        };
        if before.name == after.name {
            return;
        }
        let key = new.key();
        let mut found = Vec::new();
        for model in self.from_state.models() {
            let Some(other) = self.to_state.find(&model.key()) else {
                continue;
            };
            let is_own = model.is(&key);
            let holds =
                |field: &Field| is_own && has_own_table(field) || self.holds_key_of(field, &key);
            let holds_key = |field: &&Field| {
                let other = other.field(&field.name);
                holds(field) && other.is_some_and(holds)
            };
            let fields = model.fields.iter().filter(holds_key);
            found.extend(fields.map(|field| format!("{}.{}", model.key(), field.name)));
        }
        for field in found {
            let message = format!(
                "the key of `{key}` cannot change from `{}` to `{}`: `{field}` holds the values of the former one",
                before.name, after.name
            );
            let hint = format!(
                "remove `{field}` in a migration of its own first, and add it again after the change; a `RunSQL` \
                 before and after it can keep what it holds"
            );
            self.refuse("key", message, hint);
        }
    }

    /// Whether rows of `field`, or of its table, hold values of the primary key of the model `key`.
    fn holds_key_of(&self, field: &Field, key: &ModelKey) -> bool {
        let is_it = |to: &ModelRef| to.resolve(&self.user_model) == key;
        match (field.relation(), field.many_to_many()) {
            (Some(relation), _) => relation.to_field.is_none() && is_it(&relation.to),
            (None, Some(relation)) => relation.through.is_none() && is_it(&relation.to),
            (None, None) => false,
        }
    }

    /// Refuses a change: nothing is written.
    pub(super) fn refuse(&mut self, code: &'static str, message: String, hint: String) {
        self.refused.push(Finding::error(code, message).hint(hint));
    }
}

/// Whether the links of the field are rows of a table that belongs to its model.
fn has_own_table(field: &Field) -> bool {
    let relation = field.many_to_many();
    relation.is_some_and(|relation| relation.through.is_none())
}

/// The model of the table between that nobody declared.
fn auto_created_table(state: &ProjectState, model: &Model, field: &Field) -> Option<Model> {
    let field = model.field(&field.name)?;
    let target = state.target(&field.many_to_many()?.to)?;
    model.auto_created_through(field, target)
}
