//! The rows that a set of forms of a model writes.

use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::model_options::ModelFormOptions;
use crate::models::{Field, FieldKind, Model, ModelKey, ModelSet as _, ReferenceError, Registry};
use crate::query::Query;
use crate::text;

/// Which rows a set of forms is about, and what it may do to them.
#[derive(Clone, Debug)]
pub struct FormSetRows {
    /// Their model.
    pub model: Arc<Model>,
    /// Those that are shown and may be changed; of a parent's, all parents'.
    pub query: Query,
    /// The model whose rows they belong to, if the set is an inline one.
    pub parent: Option<InlineParent>,
    /// Whether no rows are added.
    pub edit_only: bool,
    /// The field that keeps the places of the rows, counted from one.
    pub order_field: Option<String>,
    /// The name of the primary key.
    pub(in crate::forms) key: String,
    /// What the primary key holds, references followed.
    pub(in crate::forms) key_kind: FieldKind,
}

/// What the rows of an inline set belong to.
#[derive(Clone, Debug)]
pub struct InlineParent {
    /// The model of the parent.
    pub model: ModelKey,
    /// The field of the rows that refers to it.
    pub field: String,
    /// The field of the parent that is referred to.
    pub to_field: String,
    /// The label of the field.
    label: String,
}

impl InlineParent {
    /// The parent of rows that refer to `model` by `field`.
    pub fn new(registry: &Registry, model: &Model, field: &Field) -> Result<Self, ReferenceError> {
        let relation = field.relation();
        let relation = relation.ok_or_else(|| ReferenceError::UnknownField {
            model: model.key(),
            field: field.name.clone(),
        })?;
        let (parent, to_field) = registry.target_field(relation)?;
        Ok(Self {
            model: parent.key(),
            field: field.name.clone(),
            to_field: to_field.name.clone(),
            label: text::capitalized(&field.verbose_name()),
        })
    }
}

impl FormSetRows {
    /// The rows of `query`, which is about `model`.
    ///
    /// Fails where the model has not one field as its primary key.
    pub fn new(
        registry: &Registry,
        model: &Arc<Model>,
        query: Query,
        parent: Option<InlineParent>,
    ) -> Result<Self, ReferenceError> {
        let key = model.primary_key().filter(|key| key.has_column());
        let key = key.ok_or_else(|| ReferenceError::NoPrimaryKey(model.key()))?;
        let key_kind = registry.value_kind(key)?.clone();
        // Forms are told apart by their order, which must be the same when they come back.
        let query = if query.is_ordered(model) {
            query
        } else {
            query.order_by([key.name.clone()])
        };
        Ok(Self {
            query,
            parent,
            edit_only: false,
            order_field: None,
            key: key.name.clone(),
            key_kind,
            model: Arc::clone(model),
        })
    }

    /// `form` with the key of its row, hidden, unless people fill it in.
    pub(super) fn with_key_field(&self, form: &FormDefinition, is_initial: bool) -> FormDefinition {
        let mut form = form.clone();
        if self.is_key_of_parent() {
            return form;
        }
        let place = form.position(&self.key);
        if let Some(place) = place.filter(|_| self.is_key_filled_in()) {
            form.fields[place].required |= is_initial;
        } else {
            let kind = FormFieldKind::RowKey(Box::new(self.key_kind.clone()));
            let mut key = FormField::new(&self.key, kind);
            key.required = is_initial;
            form.put_field(key);
        }
        form
    }

    /// `form` with the key of the parent, hidden, in the place of a field that would let people choose one.
    pub(super) fn with_parent_field(&self, mut form: FormDefinition) -> FormDefinition {
        let Some(parent) = &self.parent else {
            return form;
        };
        let own = form.position(&parent.field);
        let label = own.map_or(&parent.label, |place| &form.fields[place].label);
        let field = FormField::new(&parent.field, FormFieldKind::InlineForeignKey);
        let field = field.label(label).optional();
        form.put_field(field);
        if let Some(options) = &form.model {
            let mut fields = options.fields.clone();
            if !fields.contains(&parent.field) {
                fields.push(parent.field.clone());
            }
            form.model = Some(Arc::new(ModelFormOptions {
                fields,
                ..ModelFormOptions::clone(options)
            }));
        }
        form
    }

    /// Whether the rows are told apart by their parents.
    fn is_key_of_parent(&self) -> bool {
        let parent = self.parent.as_ref();
        parent.is_some_and(|parent| parent.field == self.key)
    }

    /// Whether people may fill in the primary key.
    fn is_key_filled_in(&self) -> bool {
        let key = self.model.field(&self.key);
        key.is_some_and(|key| key.editable && !key.kind.is_auto())
    }
}
