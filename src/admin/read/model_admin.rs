//! The table of one model.

use std::sync::Arc;

use crate::admin::options::ModelAdmin;
use crate::admin::read::context::AdminContext;
use crate::admin::read::defaults::list_of;
use crate::admin::read::{form, inlines, list, rules};
use crate::document::{Origin, Table};

/// How `table` has the model of `context` shown; what is wrong in it is reported.
pub(super) fn model_admin(context: &AdminContext<'_>, table: &Table) -> ModelAdmin {
    let keys = table.reader(context.problems);
    let empty_value = keys.optional("empty_value_display");
    let context = AdminContext {
        empty_value: empty_value.unwrap_or_else(|| context.empty_value.clone()),
        ..context.clone()
    };
    let form = form::form(&context, &keys);
    let admin = ModelAdmin {
        list: list::list(&context, &keys, &form),
        form,
        inlines: inlines::inlines(&context, &keys),
        rules: rules::rules(&context, &keys),
        is_user_model: context.is_user_model(),
        new_user: context.is_user_model().then(|| form::new_user(&context)),
        model: Arc::clone(context.model),
    };
    keys.finish();
    admin
}

/// How the model of `context` is shown where no file says so.
pub(super) fn default_model_admin(context: &AdminContext<'_>) -> ModelAdmin {
    let nothing = Table::empty(Origin::named(&context.model.label()));
    let admin = model_admin(context, &nothing);
    ModelAdmin {
        list: list_of(context, admin.list),
        ..admin
    }
}
