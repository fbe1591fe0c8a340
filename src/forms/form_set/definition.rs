//! What a form set is made of.

use std::sync::Arc;

use crate::forms::definition::FormDefinition;
use crate::forms::field::{FormField, FormFieldKind};
use crate::forms::form_set::rows::FormSetRows;
use crate::forms::widget::{Widget, WidgetClass};
use crate::models::{Model, ModelKey};
use crate::query::Query;

/// How many forms a set has at most where nothing is said.
const DEFAULT_MAX: usize = 1000;

/// The field for the place of a form.
pub(in crate::forms) const ORDER: &str = "ORDER";
/// The box that deletes the row of a form.
pub(in crate::forms) const DELETE: &str = "DELETE";

/// How many forms a set has, and what can be done with them.
#[derive(Clone, Debug)]
pub struct FormSetOptions {
    /// What stands before the numbers of the forms.
    pub prefix: String,
    /// Empty forms beside those that are filled in.
    pub extra: usize,
    /// Whether the forms can be put in order.
    pub can_order: bool,
    /// Whether forms can be deleted.
    pub can_delete: bool,
    /// Whether empty ones can.
    pub can_delete_extra: bool,
    /// The least forms that are shown.
    pub min_num: usize,
    /// The most forms that are shown.
    pub max_num: usize,
    /// The most forms that are read, however many were sent.
    pub absolute_max: usize,
    /// Whether fewer than `min_num` are refused.
    pub validate_min: bool,
    /// Whether more than `max_num` are refused.
    pub validate_max: bool,
}

/// As in Django's `formset_factory`.
impl Default for FormSetOptions {
    fn default() -> Self {
        Self {
            prefix: "form".to_owned(),
            extra: 1,
            can_order: false,
            can_delete: false,
            can_delete_extra: true,
            min_num: 0,
            max_num: DEFAULT_MAX,
            absolute_max: 2 * DEFAULT_MAX,
            validate_min: false,
            validate_max: false,
        }
    }
}

impl FormSetOptions {
    /// With at most `max_num` forms, and so many more that are read.
    #[must_use]
    pub fn max_num(mut self, max_num: usize) -> Self {
        self.max_num = max_num;
        self.absolute_max = max_num.saturating_add(DEFAULT_MAX);
        self
    }
}

/// What somebody may do with the rows of a set.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AllowedChanges {
    /// Whether rows may be added.
    pub add: bool,
    /// Whether those that are there may be changed.
    pub change: bool,
    /// Whether they may be deleted.
    pub delete: bool,
}

/// Of which form a set is made, and of how many; it does not change.
#[derive(Clone, Debug)]
pub struct FormSetDefinition {
    /// How many, and what can be done with them.
    pub options: FormSetOptions,
    /// The rows that it writes, if it is a set of forms of a model.
    pub(in crate::forms) rows: Option<Arc<FormSetRows>>,
    /// The form of what is there already, with the fields of the set.
    initial_form: Arc<FormDefinition>,
    /// The form of what is not.
    extra_form: Arc<FormDefinition>,
    management_form: Arc<FormDefinition>,
}

impl FormSetDefinition {
    /// A set of `form`.
    pub fn new(form: &FormDefinition, options: FormSetOptions) -> Self {
        Self {
            initial_form: Arc::new(form.with_fields(options.own_fields(true))),
            extra_form: Arc::new(form.with_fields(options.own_fields(false))),
            management_form: management_form(),
            options,
            rows: None,
        }
    }

    /// A set of `form`, which is of the model of `rows`.
    pub fn of_rows(form: &FormDefinition, options: FormSetOptions, rows: FormSetRows) -> Self {
        let form_at = |is_initial| {
            let form = rows.with_key_field(form, is_initial);
            let form = form.with_fields(options.own_fields(is_initial));
            Arc::new(rows.with_parent_field(form))
        };
        Self {
            initial_form: form_at(true),
            extra_form: form_at(false),
            management_form: management_form(),
            options,
            rows: Some(Arc::new(rows)),
        }
    }

    /// The same where nothing can be done that `allowed` does not name: other rows are shown and left alone.
    #[must_use]
    pub fn limited(&self, allowed: AllowedChanges) -> Self {
        let mut limited = self.clone();
        let form = |form: &Arc<FormDefinition>, is_frozen: bool| {
            let mut form = FormDefinition::clone(form);
            form.fields
                .retain(|field| field.name != DELETE || allowed.delete);
            let frozen = form.fields.iter_mut().filter(|_| is_frozen);
            for field in frozen.filter(|field| field.name != DELETE) {
                if self.key_name() == Some(field.name.as_str()) {
                    // It still tells which row the form is about.
                    field.widget = Widget::new(WidgetClass::HiddenInput);
                } else if !matches!(field.kind, FormFieldKind::InlineForeignKey) {
                    field.disabled = true;
                }
            }
            Arc::new(form)
        };
        limited.initial_form = form(&self.initial_form, !allowed.change);
        limited.extra_form = form(&self.extra_form, false);
        limited.options.can_delete &= allowed.delete;
        if !allowed.add {
            limited.options = FormSetOptions {
                extra: 0,
                min_num: 0,
                validate_min: false,
                validate_max: false,
                ..limited.options.max_num(0)
            };
            limited.rows = self.rows.as_deref().map(|rows| {
                Arc::new(FormSetRows {
                    edit_only: true,
                    ..rows.clone()
                })
            });
        }
        limited
    }

    /// The name of the primary key of its rows, if it is a set of rows.
    pub fn key_name(&self) -> Option<&str> {
        self.rows.as_ref().map(|rows| rows.key.as_str())
    }

    /// The form of one place: with the fields of the set behind its own.
    pub(in crate::forms) fn form_at(&self, is_initial: bool) -> &Arc<FormDefinition> {
        if is_initial {
            &self.initial_form
        } else {
            &self.extra_form
        }
    }

    /// The form that counts the others.
    pub(in crate::forms) fn management_form(&self) -> &Arc<FormDefinition> {
        &self.management_form
    }

    /// The form of what is not there yet, with the fields of the set.
    pub fn extra_form(&self) -> &Arc<FormDefinition> {
        &self.extra_form
    }

    /// The model whose rows it writes, if it is a set of rows.
    pub fn model(&self) -> Option<&Arc<Model>> {
        self.rows.as_ref().map(|rows| &rows.model)
    }

    /// The rows that it is about; of an inline set, those of all parents.
    pub fn query(&self) -> Option<&Query> {
        self.rows.as_ref().map(|rows| &rows.query)
    }

    /// The model whose rows the rows of an inline set belong to.
    pub fn parent(&self) -> Option<&ModelKey> {
        let parent = self.rows.as_ref()?.parent.as_ref();
        parent.map(|parent| &parent.model)
    }

    /// Whether a form of it is sent in several parts.
    pub fn is_multipart(&self) -> bool {
        self.extra_form.is_multipart()
    }
}

impl FormSetOptions {
    /// The fields that a set adds to a form.
    fn own_fields(&self, is_initial: bool) -> Vec<FormField> {
        let mut fields = Vec::new();
        if self.can_order {
            let order = FormField::new(ORDER, FormFieldKind::Integer);
            fields.push(order.label("Order").optional());
        }
        if self.can_delete && (self.can_delete_extra || is_initial) {
            fields.push(FormField::boolean(DELETE).label("Delete"));
        }
        fields
    }
}

fn management_form() -> Arc<FormDefinition> {
    let field = |name: &str, required: bool| {
        let field = FormField::new(name, FormFieldKind::Integer);
        let mut field = field.widget(Widget::new(WidgetClass::HiddenInput));
        field.required = required;
        field
    };
    let fields = vec![
        field("TOTAL_FORMS", true),
        field("INITIAL_FORMS", true),
        field("MIN_NUM_FORMS", false),
        field("MAX_NUM_FORMS", false),
    ];
    Arc::new(FormDefinition::new("", fields))
}
