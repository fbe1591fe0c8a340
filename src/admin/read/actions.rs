//! `actions`: what can be done with the rows that were chosen in a list.
//!
//! An item is the dotted name of a function (`"posts.admin.make_published"`), or a table: `{ name = "publish", set = {
//! published = true } }`, `{ function = "posts.admin.make_published", label = "Publish" }`.

use crate::admin::options::{
    ActionCode, ActionKind, ActionOptions, ActionPermission, ExportFormat, ListAction,
};
use crate::admin::read::columns::column_of;
use crate::admin::read::context::{AdminContext, items};
use crate::admin::read::names;
use crate::diagnostic::Finding;
use crate::document::{Item, Table, TableReader, Value};
use crate::models::ModelSet as _;
use crate::models::read::unknown_name;
use crate::text;
use crate::views::SetField;

/// The options of actions.
pub(super) fn action_options(context: &AdminContext<'_>, keys: &TableReader<'_>) -> ActionOptions {
    let own = own_actions(context, keys);
    let mut actions = own.is_some().then(built_in).unwrap_or_default();
    for action in own.unwrap_or_default() {
        actions.retain(|known| known.name != action.name);
        actions.push(action);
    }
    disable(context, keys, &mut actions);
    ActionOptions {
        actions,
        on_top: keys.or("actions_on_top", true),
        on_bottom: keys.or("actions_on_bottom", false),
        has_counter: keys.or("actions_selection_counter", true),
        export_fields: export_fields(context, keys),
    }
}

/// The actions of all models.
fn built_in() -> Vec<ListAction> {
    let action = |name: &str, label: &str, permission, kind| ListAction {
        name: name.to_owned(),
        label: label.to_owned(),
        permissions: vec![permission],
        kind,
    };
    let export = |name, label, format| {
        let kind = ActionKind::Export(format);
        action(name, label, ActionPermission::View, kind)
    };
    vec![
        action(
            "delete_selected",
            "Delete selected %(verbose_name_plural)s",
            ActionPermission::Delete,
            ActionKind::Delete,
        ),
        export("export_as_csv", "Export as CSV", ExportFormat::Csv),
        export("export_as_json", "Export as JSON", ExportFormat::Json),
    ]
}

/// The actions of `actions`; none where the file wants none at all: `actions = false`.
fn own_actions(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Option<Vec<ListAction>> {
    if matches!(
        keys.item("actions").map(|item| &item.value),
        Some(Value::Boolean(false))
    ) {
        return None;
    }
    let mut found: Vec<ListAction> = Vec::new();
    for item in items(keys, "actions") {
        match action(context, &item) {
            Ok(action) if found.iter().any(|known| known.name == action.name) => {
                let message = format!("there are two actions called `{}`", action.name);
                context.problems.push(item.error("repeated", message));
            }
            Ok(action) => found.push(action),
            Err(finding) => context.problems.push(finding),
        }
    }
    Some(found)
}

fn action(context: &AdminContext<'_>, item: &Item) -> Result<ListAction, Finding> {
    match (item.as_str(), item.as_table()) {
        (Some(_), _) => of_function(context, item),
        (None, Some(table)) => of_table(context, item, table),
        (None, None) => {
            let message = format!(
                "an action is the dotted name of a function, or a table, not {}",
                item.value.type_name()
            );
            let hint = "write `\"posts.admin.make_published\"`, or `{ name = \"publish\", set = { published = true } }`";
            Err(item.error("wrong-type", message).hint(hint))
        }
    }
}

/// The action of the function whose dotted name is in `item`, as its decorator describes it.
fn of_function(context: &AdminContext<'_>, item: &Item) -> Result<ListAction, Finding> {
    let path = item.as_str().unwrap_or_default();
    let code = (context.actions.0)(path).map_err(|finding| {
        let location = finding.location.clone();
        finding.at(location.unwrap_or_else(|| item.origin.location()))
    })?;
    let name = path.rsplit('.').next().unwrap_or(path).to_owned();
    let facts = code.facts();
    let label = facts.description.clone();
    Ok(ListAction {
        label: label.unwrap_or_else(|| text::capitalized(&name.replace('_', " "))),
        permissions: permissions_of_code(item, code.as_ref())?,
        name,
        kind: ActionKind::Code(code),
    })
}

fn permissions_of_code(
    item: &Item,
    code: &dyn ActionCode,
) -> Result<Vec<ActionPermission>, Finding> {
    let names = code.facts().permissions.iter();
    names.map(|name| permission(item, name)).collect()
}

fn permission(item: &Item, name: &str) -> Result<ActionPermission, Finding> {
    ActionPermission::parse(name).ok_or_else(|| {
        let finding = unknown_name(
            item,
            "permission",
            name,
            ActionPermission::NAMES.into_iter(),
        );
        finding.hint("a permission of one's own is written with its app: `posts.publish_post`")
    })
}

fn of_table(context: &AdminContext<'_>, item: &Item, table: &Table) -> Result<ListAction, Finding> {
    let keys = table.reader(context.problems);
    let name = keys.optional::<String>("name");
    let label = keys.optional::<String>("label");
    let permission_item = keys.item("permission");
    let function = keys.item("function");
    let set = keys.table("set").map(|set| set_fields(context, &set));
    keys.finish();
    let mut action = match (function, set) {
        (Some(function), None) => of_function(context, function)?,
        (None, Some(set)) => {
            let name = name.clone().unwrap_or_default();
            ListAction {
                label: text::capitalized(&name.replace('_', " ")),
                name,
                permissions: vec![ActionPermission::Change],
                kind: ActionKind::Set(set),
            }
        }
        _ => {
            let message =
                "an action has either `set`, the values that it gives fields, or `function`";
            return Err(item.error("missing-key", message));
        }
    };
    action.name = name.unwrap_or(action.name);
    if !text::is_identifier(&action.name) {
        let message = "an action needs a `name`, which its form sends";
        return Err(item.error("missing-key", message));
    }
    action.label = label.unwrap_or(action.label);
    if let Some(item) = permission_item {
        let names = item.listed().iter();
        let found = names.map(|item| permission(item, item.as_str().unwrap_or_default()));
        action.permissions = found.collect::<Result<_, _>>()?;
    }
    Ok(action)
}

fn set_fields(context: &AdminContext<'_>, table: &TableReader<'_>) -> Vec<SetField> {
    let registry = context.registry;
    let mut found = Vec::new();
    for part in table.source().entries() {
        table.item(&part.key);
        let field = SetField::find(registry, context.model, table, part);
        found.extend(field.and_then(|field| field.with_value(registry.time_zone(), table, part)));
    }
    found
}

/// Takes away the actions that `disable_actions` names.
fn disable(context: &AdminContext<'_>, keys: &TableReader<'_>, actions: &mut Vec<ListAction>) {
    for item in items(keys, "disable_actions") {
        let name = item.as_str().unwrap_or_default();
        if actions.iter().any(|action| action.name == name) {
            actions.retain(|action| action.name != name);
            continue;
        }
        let known = actions.iter().map(|action| action.name.as_str());
        let finding = unknown_name(&item, "action", name, known);
        context.problems.push(finding);
    }
}

/// The paths of `export_fields`; without it all fields that have a column and are not a secret.
fn export_fields(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<String> {
    let is_shown = |name: &str| column_of(context, name).is_some();
    if keys.item("export_fields").is_none() {
        let columns = context.model.columns();
        let names = columns.map(|field| field.name.as_str());
        return names
            .filter(|name| is_shown(name))
            .map(ToOwned::to_owned)
            .collect();
    }
    let mut found = Vec::new();
    for item in items(keys, "export_fields") {
        let name = item.as_str().unwrap_or_default();
        if column_of(context, name).is_some_and(|column| !column.order.is_empty()) {
            found.push(name.to_owned());
            continue;
        }
        let message = format!(
            "`{name}` does not lead to one value of a row of `{}`",
            context.model.name
        );
        context
            .problems
            .push(names::not_a_field(context, &item, name, message, &[]));
    }
    found
}
