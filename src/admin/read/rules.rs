//! `has_view_permission` and its like: templates that say who may do what.

use crate::admin::options::{AdminTemplate, PermissionRule, PermissionRules};
use crate::admin::read::context::AdminContext;
use crate::document::{Item, TableReader};

/// The keys, and the action that each is about.
pub(super) const KEYS: [(&str, &str); 5] = [
    ("has_view_permission", "view"),
    ("has_add_permission", "add"),
    ("has_change_permission", "change"),
    ("has_delete_permission", "delete"),
    ("has_module_permission", "module"),
];

/// The rules that `keys` hold. The names of their templates are `request`, `user` and, for one row, `object`.
pub(super) fn rules(context: &AdminContext<'_>, keys: &TableReader<'_>) -> PermissionRules {
    let mut rules = Vec::new();
    for (key, action) in KEYS {
        let Some(item) = keys.item(key) else {
            continue;
        };
        let Some(source) = item.as_str() else {
            let message = format!("`{key}` must be a template, not {}", item.value.type_name());
            let hint = format!("write `{key} = \"{{{{ object.author == user }}}}\"`");
            let problem: &Item = item;
            context
                .problems
                .push(problem.error("wrong-type", message).hint(hint));
            continue;
        };
        let model = context.model;
        rules.push(PermissionRule {
            action,
            template: AdminTemplate {
                name: format!("{}.{}.{key}.txt", model.app_label, model.name),
                source: source.to_owned(),
                location: item.origin.location(),
                model: None,
            },
        });
    }
    PermissionRules(rules)
}
