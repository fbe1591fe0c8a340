//! Forms: fields, what was sent in them, what is wrong with it, and their HTML, in Django's vocabulary.
//!
//! * A [`FormDefinition`] holds [`FormField`]s with their [`Widget`]s and validators. It is made once, when a site is
//!   loaded (from `forms.toml`, or from the fields of a model), does not change, and is shared by all requests. The
//!   pages of accounts make theirs of the same fields.
//! * A [`Form`] is a definition with what one request brought: 1. `bind` reads what was sent by the widgets and cleans
//!   it by the fields; 2. a view reads the cleaned values and adds the errors that only it can find; 3. a template prints
//!   the form, its fields one by one, or their parts (`objects`, `layout`, `bound_field`).
//!
//! What calls what: `form` -> `definition` -> `field` -> `widget`, `validator`; nothing below knows of a form.

#[cfg(test)]
mod attack_tests;
mod bound_field;
mod catalogue;
mod code;
#[cfg(test)]
mod corpus_tests;
mod definition;
#[cfg(test)]
mod docs_tests;
mod error;
mod error_dict;
mod error_list;
mod field;
mod form;
mod form_choices;
mod form_set;
mod form_value;
mod html;
mod layout;
mod model_choices;
mod model_form;
mod model_form_set;
mod model_options;
mod model_rules;
mod objects;
mod page_choices;
mod read;
mod shown;
#[cfg(test)]
mod tests;
mod validator;
mod widget;

pub use catalogue::Forms;
pub use code::{CleanedForm, FormChanges, FormCode};
pub use definition::FormDefinition;
pub use error::ValidationError;
pub use error_list::ErrorList;
pub use field::{
    CleanContext, Coercion, FIELD_CLASSES, FieldLimits, FileLimits, FormField, FormFieldKind,
    FormInitial, MultiValue,
};
pub use form::Form;
pub use form_choices::{FormChoice, FormOption};
pub use form_set::{
    AllowedChanges, FormSet, FormSetDefinition, FormSetOptions, FormSetRows, InitialValues,
    InlineParent, PlainFormSet, SetForm,
};
pub use form_value::{FormValue, StoredFile};
pub use model_choices::{ChoiceRows, FoundRow, ModelChoices};
pub use model_form::{
    FormDatabase, ModelForm, ModelFormDeclaration, ModelFormError, form_field,
    model_form_definition, refused_file,
};
pub use model_form_set::{FormWithInlines, ModelFormSet, SavedRows};
pub use model_options::ModelFormOptions;
pub use page_choices::PageChoices;
pub use read::{
    FORMS_FILE, FindFormCode, INLINE_EXTRA, ParentReference, form_of_fields, known_field_options,
    load_forms, read_initial, read_widget,
};
pub use validator::{FieldValidator, FormValidator};
pub use widget::{DateParts, Widget, WidgetClass};

/// No class of a project, for tests that have none.
#[cfg(test)]
pub(crate) fn no_code(
    name: &str,
    _: &[&str],
) -> Result<std::sync::Arc<dyn FormCode>, crate::diagnostic::Finding> {
    Err(crate::diagnostic::Finding::error("unknown", name))
}
