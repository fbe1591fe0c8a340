//! From the vocabulary of `models.toml` and of migrations to models.

mod bases;
mod field;
mod kind;
pub(super) mod literal;
mod model;
mod options;
mod query_check;
mod validators;

pub use bases::{ModelDeclaration, flatten};
pub use field::{field, fields, known_options};
pub use kind::CLASSES;
pub use literal::{choices as declared_choices, default, literal};
pub use model::{declared_models, model, model_of};
pub use options::{constraint, index, known_model_options, options, string_lists};
pub use query_check::{QueryCheck, ReadStep};
pub use validators::{VALIDATORS, validators};

use std::cell::RefCell;

use crate::diagnostic::Finding;
use crate::document::{Item, Origin, Problems, TableReader};
use crate::models::ModelRef;
use crate::models::expression::Comparison;
use crate::text;

/// A field that was named, and where.
#[derive(Clone, Debug)]
pub struct FieldReference {
    /// Its name; with `__` between the steps where it is another model's.
    pub field: String,
    /// Where it was named.
    pub origin: Origin,
    /// What it is compared with, if it is.
    pub comparison: Option<Comparison>,
    /// The model whose field it is, if not the one being read.
    pub model: Option<ModelRef>,
    /// How many queries lie around the one in which it was named, up to the one whose field it is.
    pub levels: usize,
}

/// The app whose file is read, and what is found on the way.
#[derive(Debug)]
pub struct ReadContext<'p> {
    app_label: &'p str,
    problems: &'p Problems,
    references: RefCell<Vec<(ModelRef, Origin)>>,
    field_references: RefCell<Vec<FieldReference>>,
    parameter_sources: &'static [&'static str],
    reads_queries: bool,
    query_check: Option<&'p dyn QueryCheck>,
}

impl<'p> ReadContext<'p> {
    /// Reads a file of the app `app_label`; mistakes go to `problems`.
    pub fn new(app_label: &'p str, problems: &'p Problems) -> Self {
        Self {
            app_label,
            problems,
            references: RefCell::default(),
            field_references: RefCell::default(),
            parameter_sources: &[],
            reads_queries: false,
            query_check: None,
        }
    }

    /// Lets expressions be [parameters](crate::models::expression::Expression::Parameter):
    /// with the source `request`, `{ request = "user" }` is the parameter `request.user`.
    #[must_use]
    pub fn with_parameters(mut self, sources: &'static [&'static str]) -> Self {
        self.parameter_sources = sources;
        self.for_queries()
    }

    /// Lets expressions be what only a query can compute, such as aggregates and other queries.
    #[must_use]
    pub fn for_queries(mut self) -> Self {
        self.reads_queries = true;
        self
    }

    /// Has every query looked at while it is read.
    #[must_use]
    pub fn checking(mut self, check: &'p dyn QueryCheck) -> Self {
        self.query_check = Some(check);
        self
    }

    /// What looks at queries, if anything does.
    pub(in crate::models) fn query_check(&self) -> Option<&'p dyn QueryCheck> {
        self.query_check
    }

    /// Whether what is read belongs to a query, and not to a schema.
    pub fn reads_queries(&self) -> bool {
        self.reads_queries
    }

    /// What parameters may be taken from.
    pub fn parameter_sources(&self) -> &'static [&'static str] {
        self.parameter_sources
    }

    /// The label of the app.
    pub fn app_label(&self) -> &'p str {
        self.app_label
    }

    /// Where mistakes go.
    pub fn problems(&self) -> &'p Problems {
        self.problems
    }

    /// The models that were referred to, and where.
    pub fn into_model_references(self) -> Vec<(ModelRef, Origin)> {
        self.references.into_inner()
    }

    /// Notes that a field was named, and what it is compared with.
    pub fn note_field(&self, field: &str, origin: &Origin, comparison: Option<Comparison>) {
        self.note(field, origin, comparison, 0);
    }

    /// Notes that a field was named which is one of the query so many levels outside.
    pub(in crate::models) fn note_outer_field(&self, field: &str, origin: &Origin, levels: usize) {
        self.note(field, origin, None, levels);
    }

    fn note(&self, field: &str, origin: &Origin, comparison: Option<Comparison>, levels: usize) {
        self.field_references.borrow_mut().push(FieldReference {
            field: field.to_owned(),
            origin: origin.clone(),
            comparison,
            model: None,
            levels,
        });
    }

    /// How many fields were named so far.
    pub fn count_field_references(&self) -> usize {
        self.field_references.borrow().len()
    }

    /// Takes the fields of the query being read that were named after the first `mark`.
    pub fn take_own_fields(&self, mark: usize) -> Vec<FieldReference> {
        let mut all = self.field_references.borrow_mut();
        let since = all.split_off(mark);
        let (own, outer) = since.into_iter().partition(|named| named.levels == 0);
        all.extend::<Vec<_>>(outer);
        own
    }

    /// Ends a query within another: what it named outside is now one level nearer.
    pub(in crate::models) fn leave_query(&self, mark: usize) {
        for named in self.field_references.borrow_mut().iter_mut().skip(mark) {
            named.levels = named.levels.saturating_sub(1);
        }
    }

    /// What `read` returns; the fields it names are those of the model `to`.
    pub(super) fn fields_of<T>(&self, to: Option<&ModelRef>, read: impl FnOnce() -> T) -> T {
        let before = self.field_references.borrow().len();
        let found = read();
        for named in &mut self.field_references.borrow_mut()[before..] {
            named.model = to.cloned();
        }
        found
    }

    /// The fields that were named since this was last asked.
    pub fn take_field_references(&self) -> Vec<FieldReference> {
        self.field_references.take()
    }

    /// The model named by `key`, within the model `own`.
    pub fn reference(
        &self,
        fields: &TableReader<'_>,
        key: &'static str,
        own: &str,
    ) -> Option<ModelRef> {
        // The borrow of a key lives as long as the table; a static one always does.
        let item = fields.source().get(key);
        let text: String = fields.optional(key)?;
        let item = item?;
        let name = if text == "self" { own } else { &text };
        let Some(reference) = ModelRef::parse(name, self.app_label) else {
            let message = format!("`{text}` does not name a model");
            self.report(item, "unknown-model", message, "write `app.Model`");
            return None;
        };
        let found = (reference.clone(), item.origin.clone());
        self.references.borrow_mut().push(found);
        Some(reference)
    }

    /// Reports what is wrong with `item`, and what to write instead.
    pub(crate) fn report(&self, item: &Item, code: &'static str, message: String, hint: &str) {
        self.problems.push(item.error(code, message).hint(hint));
    }
}

/// What `key` names in a closed list; reported with the nearest name where it is not in it.
pub fn one_of<'t, T: Copy>(
    fields: &TableReader<'t>,
    key: &'t str,
    names: &[(&'static str, T)],
) -> Option<T> {
    let item = fields.source().get(key);
    let text: String = fields.optional(key)?;
    let found = names.iter().find(|(name, _)| *name == text);
    if found.is_none() {
        let problem = unknown_name(item?, key, &text, names.iter().map(|(name, _)| *name));
        fields.problems().push(problem);
    }
    found.map(|(_, value)| *value)
}

/// The finding for a name that is not in a closed list.
pub fn unknown_name<'n>(
    item: &Item,
    key: &str,
    name: &str,
    names: impl Iterator<Item = &'n str> + Clone,
) -> Finding {
    let finding = item.error(
        "unknown-name",
        format!("`{name}` is not {}", text::with_article(key)),
    );
    finding.suggest_or(
        name,
        names.clone(),
        format!("one of {}", text::quoted(names)),
    )
}
