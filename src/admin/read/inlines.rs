//! `inlines`: rows of other models on the page of a row: `[{ model = "Comment", style = "tabular" }]`.

use std::sync::Arc;

use crate::admin::options::{InlineOptions, InlineStyle};
use crate::admin::read::context::AdminContext;
use crate::admin::read::form::{form, rows};
use crate::admin::read::names;
use crate::diagnostic::Finding;
use crate::document::{Item, TableReader};
use crate::forms::{
    FormSetDefinition, FormSetOptions, FormSetRows, INLINE_EXTRA, InlineParent, ParentReference,
};
use crate::models::read::unknown_name;
use crate::models::{Field, Model, ReverseRelation};
use crate::query::Query;

/// The inlines that `keys` list; what is wrong with one is reported.
pub(super) fn inlines(context: &AdminContext<'_>, keys: &TableReader<'_>) -> Vec<InlineOptions> {
    let items: Vec<Item> = keys.or("inlines", Vec::new());
    let mut found: Vec<InlineOptions> = Vec::new();
    for item in &items {
        match inline(context, item) {
            Ok(inline) => {
                let prefix = &inline.set.options.prefix;
                let mut others = found.iter().map(|other| &other.set.options.prefix);
                if others.any(|other| other == prefix) {
                    let message = format!("two inlines on the page have the prefix `{prefix}`");
                    let hint = "give one of them another `prefix`";
                    context
                        .problems
                        .push(item.error("same-prefix", message).hint(hint));
                }
                found.push(inline);
            }
            Err(finding) => context.problems.push(finding),
        }
    }
    found
}

fn inline(context: &AdminContext<'_>, item: &Item) -> Result<InlineOptions, Finding> {
    let table = item.as_table().ok_or_else(|| {
        let message = "an inline is a table with `model`";
        item.error("wrong-type", message)
    })?;
    let keys = table.reader(context.problems);
    let named = keys.item("model").ok_or_else(|| {
        let message = "an inline needs a `model`";
        item.error("missing-key", message)
    })?;
    let model = names::model(context.registry, &context.model.app_label, named)?;
    let inner = context.of(&model);
    let inline = read(&inner, context.model, named, &keys);
    keys.finish();
    inline
}

/// Reads the inline of the model of `context` on the page of a row of `parent`.
fn read(
    context: &AdminContext<'_>,
    parent: &Model,
    named: &Item,
    keys: &TableReader<'_>,
) -> Result<InlineOptions, Finding> {
    let model = context.model;
    let field = parent_field(context, parent, named, keys)?;
    let form = form(context, keys);
    let mut options = options(keys, usual_prefix(context, field));
    if field.is_unique() {
        options.max_num = 1;
    }
    let no_key = |error: &dyn std::error::Error| named.error("no-primary-key", error.to_string());
    let inline_parent =
        InlineParent::new(context.registry, model, field).map_err(|error| no_key(&error))?;
    let order = keys.item("ordering");
    let order = order.map_or_else(Vec::new, |item| context.queries().order(item));
    let query = if order.is_empty() {
        Query::of(model)
    } else {
        Query::of(model).order_by(order)
    };
    let set_rows = FormSetRows::new(context.registry, model, query, Some(inline_parent))
        .map_err(|error| no_key(&error))?;
    let verbose_name = keys.optional::<String>("verbose_name");
    let plural = keys.optional::<String>("verbose_name_plural");
    let plural = plural.or_else(|| verbose_name.as_ref().map(|name| format!("{name}s")));
    Ok(InlineOptions {
        style: style(context, keys),
        verbose_name: verbose_name.unwrap_or_else(|| model.verbose_name()),
        verbose_name_plural: plural.unwrap_or_else(|| model.verbose_name_plural()),
        set: Arc::new(FormSetDefinition::of_rows(
            &form.definition,
            options,
            set_rows,
        )),
        rows: if let Some(item) = keys.item("fields") {
            rows(context, item, &form.fields.readonly)
        } else {
            let parts = form.fieldsets.into_iter();
            let lines = parts.flat_map(|part| part.rows);
            lines.filter(|row| !row.contains(&field.name)).collect()
        },
        fields: form.fields,
        show_change_link: keys.or("show_change_link", false),
        is_collapsed: is_collapsed(keys),
    })
}

/// Whether `collapse` says so, or Django's class of that name.
fn is_collapsed(keys: &TableReader<'_>) -> bool {
    let classes: Vec<String> = keys.or("classes", Vec::new());
    keys.or("collapse", false) || classes.iter().any(|name| name == "collapse")
}

fn style(context: &AdminContext<'_>, keys: &TableReader<'_>) -> InlineStyle {
    let item = keys.item("style");
    match item.and_then(Item::as_str) {
        None | Some("tabular") => InlineStyle::Tabular,
        Some("stacked") => InlineStyle::Stacked,
        Some(name) => {
            let styles = ["tabular", "stacked"].into_iter();
            let finding = item.map(|item| unknown_name(item, "style", name, styles));
            if let Some(finding) = finding {
                context.problems.push(finding);
            }
            InlineStyle::Tabular
        }
    }
}

fn options(keys: &TableReader<'_>, prefix: String) -> FormSetOptions {
    let usual = FormSetOptions {
        extra: INLINE_EXTRA,
        can_delete: true,
        ..FormSetOptions::default()
    };
    let usual = match keys.optional("max_num") {
        Some(max_num) => usual.max_num(max_num),
        None => usual,
    };
    FormSetOptions {
        prefix: keys.or("prefix", prefix),
        extra: keys.or("extra", usual.extra),
        can_delete: keys.or("can_delete", usual.can_delete),
        min_num: keys.or("min_num", usual.min_num),
        validate_min: keys.or("validate_min", usual.validate_min),
        validate_max: keys.or("validate_max", usual.validate_max),
        ..usual
    }
}

/// What the names of the fields begin with: the way back to the rows.
fn usual_prefix(context: &AdminContext<'_>, field: &Field) -> String {
    let way = ReverseRelation::new(&**context.registry, context.model, field);
    way.map_or_else(|| context.model.name.to_lowercase(), |way| way.accessor)
}

/// The field by which the rows refer to their parent; that of `fk_name` where there are several.
fn parent_field<'m>(
    context: &AdminContext<'m>,
    parent: &Model,
    named: &Item,
    keys: &TableReader<'_>,
) -> Result<&'m Field, Finding> {
    let model: &'m Model = context.model;
    let (item, name) = (keys.item("fk_name"), keys.optional::<String>("fk_name"));
    let reference = ParentReference {
        registry: context.registry,
        model,
        parent,
        parent_name: &parent.name,
        place: item.unwrap_or(named),
    };
    reference.field(name.as_deref())
}
