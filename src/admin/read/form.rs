//! The options of the form of a row: which fields, in which order, and how each is filled in.

use std::sync::Arc;

use crate::admin::options::{
    AdminTemplate, Column, FieldOptions, Fieldset, FormOptions, FormRow, ViewOnSite,
};
use crate::admin::read::columns::password_column;
use crate::admin::read::context::AdminContext;
use crate::admin::read::field_options::{field_options, option_widgets, with_usual_widget};
use crate::admin::read::names;
use crate::document::{Item, Table, TableReader};
use crate::forms::{
    FormDefinition, FormField, ModelFormDeclaration, Widget, model_form_definition, read_widget,
};
use crate::models::{Field, ModelSet as _};

/// Reads the options of a form.
pub(super) fn form(context: &AdminContext<'_>, keys: &TableReader<'_>) -> FormOptions {
    let mut fields = field_options(context, keys);
    if context.is_user_model() {
        // The hash is made of what a person types in a form of its own; this one tells how it was made.
        fields.readonly.extend(password_column(context));
    }
    let fieldsets = fieldsets(context, keys, &fields.readonly);
    let definition = definition(context, keys, fieldsets.as_deref(), &fields);
    let fieldsets = fieldsets.unwrap_or_else(|| whole(&definition, &fields.readonly));
    FormOptions {
        save_on_top: keys.or("save_on_top", false),
        save_as: keys.or("save_as", false),
        save_as_continue: keys.or("save_as_continue", true),
        view_on_site: view_on_site(context, keys),
        definition: Arc::new(definition),
        fieldsets,
        fields,
    }
}

/// `view_on_site`: whether there is a link, or a template that writes where it leads.
fn view_on_site(context: &AdminContext<'_>, keys: &TableReader<'_>) -> ViewOnSite {
    let Some(item) = keys.item("view_on_site") else {
        return ViewOnSite::ModelUrl;
    };
    if let Some(source) = item.as_str() {
        let model = context.model;
        return ViewOnSite::Template(AdminTemplate {
            name: format!("{}.{}.view_on_site.txt", model.app_label, model.name),
            source: source.to_owned(),
            location: item.origin.location(),
            model: Some(model.key()),
        });
    }
    if keys.or("view_on_site", true) {
        ViewOnSite::ModelUrl
    } else {
        ViewOnSite::No
    }
}

/// What `fieldsets` or `fields` say; none where the file says neither.
fn fieldsets(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    readonly: &[Column],
) -> Option<Vec<Fieldset>> {
    let (fields, sets) = (keys.item("fields"), keys.item("fieldsets"));
    match (fields, sets) {
        (Some(_), Some(sets)) => {
            let message = "a form has `fields` or `fieldsets`, not both";
            context.problems.push(sets.error("two-orders", message));
            None
        }
        (Some(fields), None) => {
            let rows = rows(context, fields, readonly);
            let only = Fieldset {
                rows,
                ..Fieldset::default()
            };
            Some(vec![only])
        }
        (None, Some(sets)) => {
            let sets = sets.listed().iter();
            Some(
                sets.filter_map(|item| fieldset(context, item, readonly))
                    .collect(),
            )
        }
        (None, None) => None,
    }
}

fn fieldset(context: &AdminContext<'_>, item: &Item, readonly: &[Column]) -> Option<Fieldset> {
    let Some(table) = item.as_table() else {
        let message = "an item of `fieldsets` is a table with `fields`";
        context.problems.push(item.error("wrong-type", message));
        return None;
    };
    let keys = table.reader(context.problems);
    let fields = keys.item("fields");
    let classes: Vec<String> = keys.or("classes", Vec::new());
    let found = Fieldset {
        name: keys.optional("name"),
        description: keys.or("description", String::new()),
        is_collapsed: keys.or("collapse", false) || classes.iter().any(|name| name == "collapse"),
        rows: fields.map_or_else(Vec::new, |item| rows(context, item, readonly)),
    };
    if fields.is_none() {
        let message = "a part of a form needs `fields`";
        context.problems.push(item.error("missing-key", message));
    }
    keys.finish();
    Some(found)
}

/// The lines in `item`: names, and lists of names that stand on one line.
pub(super) fn rows(context: &AdminContext<'_>, item: &Item, readonly: &[Column]) -> Vec<FormRow> {
    let rows = item.listed().iter().map(|item| {
        let names = item.listed().iter();
        let names = names.filter_map(|item| shown_name(context, item, readonly));
        names.collect::<FormRow>()
    });
    rows.filter(|row| !row.is_empty()).collect()
}

/// The name in `item`, of a field or of what is shown beside them.
fn shown_name(context: &AdminContext<'_>, item: &Item, readonly: &[Column]) -> Option<String> {
    let name = item.as_str().unwrap_or_default();
    if readonly.iter().any(|column| column.name == name) {
        return Some(name.to_owned());
    }
    names::field(context, item, "a field that a form can change", is_editable)
}

/// Whether a form may have `field`.
fn is_editable(field: &Field) -> bool {
    field.editable && !field.kind.is_auto() && !has_own_through(field)
}

/// Whether a model of the project stands between the two, whose other fields only its own rows can fill in.
fn has_own_through(field: &Field) -> bool {
    let relation = field.many_to_many();
    relation.is_some_and(|relation| relation.through.is_some())
}

/// The form with the fields of `fieldsets`, or else with all that can be changed.
fn definition(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    fieldsets: Option<&[Fieldset]>,
    options: &FieldOptions,
) -> FormDefinition {
    let readonly = &options.readonly;
    let is_readonly = |name: &String| readonly.iter().any(|column| column.name == *name);
    let named = fieldsets.map(|sets| {
        let rows = sets.iter().flat_map(|set| &set.rows).flatten();
        rows.filter(|name| !is_readonly(name)).cloned().collect()
    });
    let mut exclude = names::fields(context, keys, "exclude", "editable", |field| field.editable);
    exclude.extend(readonly.iter().map(|column| column.name.clone()));
    let through = context
        .model
        .fields
        .iter()
        .filter(|field| has_own_through(field));
    exclude.extend(through.map(|field| field.name.clone()));
    let base = keys.item("form").and_then(|item| named_form(context, item));
    let declared = base.as_ref().map(|base| base.fields().to_vec());
    let declaration = ModelFormDeclaration {
        fields: named,
        exclude,
        declared: declared.unwrap_or_default(),
        messages: Vec::new(),
    };
    let changes = widget_changes(context, keys, option_widgets(context, keys, options));
    let change = |field: FormField| changed(context, field, &changes);
    let zone = context.registry.time_zone();
    model_form_definition(context.registry, context.model, &declaration, zone, change)
}

/// The form of a new user but for the password: what it logs in with, and what no user may be without.
pub(super) fn new_user(context: &AdminContext<'_>) -> Arc<FormDefinition> {
    let model = context.model;
    let login = context.registry.username_field();
    let is_needed = |field: &&Field| {
        let is_required = !field.blank && field.default.is_none() && field.has_column();
        is_editable(field) && field.name != "password" && (field.name == login || is_required)
    };
    let fields = model.fields.iter().filter(is_needed);
    let declaration = ModelFormDeclaration {
        fields: Some(fields.map(|field| field.name.clone()).collect()),
        exclude: Vec::new(),
        declared: Vec::new(),
        messages: Vec::new(),
    };
    let zone = context.registry.time_zone();
    Arc::new(model_form_definition(
        context.registry,
        model,
        &declaration,
        zone,
        |field| field,
    ))
}

/// The form of `forms.toml` that `item` names; it must be one of the model.
fn named_form(context: &AdminContext<'_>, item: &Item) -> Option<Arc<FormDefinition>> {
    let name = item.as_str().unwrap_or_default();
    let found = context.forms.get(name);
    let Some(found) = found else {
        if !context.forms.is_unread(name) {
            let finding = item.error("unknown-form", format!("there is no form `{name}`"));
            let hint = "write `app.Form`, a table in `forms.toml` of that app";
            context
                .problems
                .push(finding.suggest_or(name, context.forms.names(), hint));
        }
        return None;
    };
    if found
        .model()
        .is_some_and(|model| model.key() == context.model.key())
    {
        return Some(Arc::clone(found));
    }
    let label = context.model.label();
    let message = format!("the form `{name}` is not one of `{label}`");
    let hint = format!("give it `model = \"{label}\"`");
    context
        .problems
        .push(item.error("wrong-model", message).hint(hint));
    None
}

/// The widgets of `formfield_overrides`, by the class of the model's field, and those of `widgets` and of other options,
/// by its name.
struct WidgetChanges {
    by_class: Vec<(String, Widget)>,
    by_name: Vec<(String, Widget)>,
}

fn widget_changes(
    context: &AdminContext<'_>,
    keys: &TableReader<'_>,
    of_options: Vec<(String, Widget)>,
) -> WidgetChanges {
    let classes = crate::models::read::CLASSES;
    let by_class = keys.table("formfield_overrides").map(|table| {
        widgets(
            context,
            table.source(),
            "class of fields",
            &|name| classes.contains(&name),
            &classes.iter().copied(),
        )
    });
    let by_name = keys.table("widgets").map(|table| {
        let names = context.model.fields.iter().map(|field| field.name.as_str());
        widgets(
            context,
            table.source(),
            "field",
            &|name| context.model.field(name).is_some(),
            &names,
        )
    });
    WidgetChanges {
        by_class: by_class.unwrap_or_default(),
        by_name: by_name.into_iter().flatten().chain(of_options).collect(),
    }
}

/// The widgets in `table`: `TextField = { widget = "TextInput" }`, or the widget alone.
fn widgets<'n>(
    context: &AdminContext<'_>,
    table: &Table,
    what: &str,
    is_known: &dyn Fn(&str) -> bool,
    known: &(impl Iterator<Item = &'n str> + Clone),
) -> Vec<(String, Widget)> {
    let mut found = Vec::new();
    for entry in table.entries() {
        if !is_known(&entry.key) {
            let message = format!("`{}` is not a {what}", entry.key);
            let finding = entry.error("unknown-name", message);
            context
                .problems
                .push(finding.suggest(&entry.key, known.clone()));
            continue;
        }
        let inner = entry.item.as_table().and_then(|table| table.get("widget"));
        let item = inner.unwrap_or(&entry.item);
        let label = &context.model.app_label;
        let widget = read_widget(label, context.registry, context.problems, item);
        found.extend(widget.map(|widget| (entry.key.clone(), widget)));
    }
    found
}

fn changed(context: &AdminContext<'_>, field: FormField, changes: &WidgetChanges) -> FormField {
    let class = context
        .model
        .field(field.name())
        .map(|field| field.kind.class_name());
    let of = |list: &[(String, Widget)], name: &str| {
        let found = list.iter().find(|(known, _)| known == name);
        found.map(|(_, widget)| widget.clone())
    };
    let widget = of(&changes.by_name, field.name())
        .or_else(|| class.and_then(|class| of(&changes.by_class, class)));
    match widget {
        Some(widget) => field.widget(widget),
        None => with_usual_widget(field),
    }
}

/// All fields of a form and all that is shown beside them, a line for each.
pub(super) fn whole(definition: &FormDefinition, readonly: &[Column]) -> Vec<Fieldset> {
    let names = definition.field_names().map(ToOwned::to_owned);
    let names = names.chain(readonly.iter().map(|column| column.name.clone()));
    vec![Fieldset {
        rows: names.map(|name| vec![name]).collect(),
        ..Fieldset::default()
    }]
}
