//! How a model is shown in the admin (Django's `ModelAdmin`): plain values, read once from `admin.toml`.

mod action_code;
mod admin_template;
mod column;
mod field_options;
mod form_options;
mod inline;
mod list_action;
mod list_filter;
mod list_options;
mod model_admin;

pub use action_code::{ActionCode, ActionFacts, ActionFinder};
pub use admin_template::AdminTemplate;
pub(super) use column::{Column, ColumnSource, ValueKind};
pub(super) use field_options::{FieldOptions, Picker, PickerKind, Prepopulated};
pub(super) use form_options::{Fieldset, FormOptions, FormRow, ViewOnSite};
pub(super) use inline::{InlineOptions, InlineStyle};
pub(super) use list_action::{ActionKind, ActionPermission, ExportFormat, ListAction};
pub(super) use list_filter::{FilterChoice, ListFilter, ListFilterKind};
pub(super) use list_options::{
    ActionOptions, DateHierarchy, EditableFields, ListOptions, ShowFacets, SortKey,
};
pub(super) use model_admin::{ModelAdmin, PermissionRule, PermissionRules};
