//! Form sets in `forms.toml`: a table with `form`. That of a model's form is a set of its rows, and with
//! `parent_model` an inline one.

use std::sync::Arc;

use crate::diagnostic::Finding;
use crate::document::{Item, TableEntry, TableReader};
use crate::forms::catalogue::Forms;
use crate::forms::definition::FormDefinition;
use crate::forms::form_set::{FormSetDefinition, FormSetOptions, FormSetRows, InlineParent};
use crate::forms::read::FormContext;
use crate::forms::read::model_choices::model as named_model;
use crate::forms::read::model_row_reader::ModelRowReader;
use crate::models::{Constraint, Field, Model, ModelSet as _, Registry, ReverseRelation};
use crate::text;

/// How many empty forms an inline set shows, as in Django.
pub const INLINE_EXTRA: usize = 3;

/// The keys that are for sets of forms of models.
const KEYS_OF_ROWS: [&str; 7] = [
    "parent_model",
    "fk_name",
    "filter",
    "exclude",
    "order_by",
    "order_field",
    "edit_only",
];

/// Reads a form set into `forms`, which has the form already; a name that is not a form's is reported.
pub(super) fn read_form_set(context: &FormContext<'_>, entry: &TableEntry, forms: &mut Forms) {
    let Some(table) = entry.item.as_table() else {
        return;
    };
    let reader = table.reader(context.problems);
    let place = reader.item("form");
    let named = reader.required::<String>("form");
    let form = named.as_deref().zip(place);
    let form = form.and_then(|(named, place)| named_form(context, forms, named, place));
    let set = form.and_then(|form| match (&form.model, context.registry) {
        (Some(_), None) => None,
        (Some(_), Some(registry)) => row_set(context, registry, &reader, form),
        (None, _) => Some(plain_set(&reader, form)),
    });
    let name = format!("{}.{}", context.app_label, entry.key);
    // Where the form is not known, its keys are not looked at.
    let Some(set) = set else {
        return forms.add_unread(name);
    };
    check_limits(&reader, &set.options);
    reader.finish();
    forms.add_set(&name, Arc::new(set));
}

fn check_limits(reader: &TableReader<'_>, options: &FormSetOptions) {
    if options.max_num > options.absolute_max
        && let Some(place) = reader.source().get("absolute_max")
    {
        let message = "`absolute_max` must be at least `max_num`";
        let finding = place.error("wrong-limit", message);
        reader.problems().push(finding);
    }
}

/// The form called `named`, in the app of the file or with the label of another.
fn named_form<'f>(
    context: &FormContext<'_>,
    forms: &'f Forms,
    named: &str,
    place: &Item,
) -> Option<&'f Arc<FormDefinition>> {
    let qualified = if named.contains('.') {
        named.to_owned()
    } else {
        format!("{}.{named}", context.app_label)
    };
    let form = forms.get(&qualified);
    if form.is_none() && !forms.is_unread(&qualified) {
        context.problems.push(unknown_form(forms, place, named));
    }
    form
}

fn unknown_form(forms: &Forms, place: &Item, named: &str) -> Finding {
    let finding = place.error("unknown-form", format!("there is no form `{named}`"));
    let all: Vec<_> = forms.names().collect();
    let bare = all
        .iter()
        .filter_map(|name| name.split_once('.').map(|(_, bare)| bare));
    let known: Vec<_> = all.iter().copied().chain(bare).collect();
    let otherwise = format!("the forms are {}", text::quoted(all.iter().copied()));
    finding.suggest_or(named, known, otherwise)
}

/// A set of a form without a model.
fn plain_set(reader: &TableReader<'_>, form: &FormDefinition) -> FormSetDefinition {
    for key in KEYS_OF_ROWS {
        if let Some(item) = reader.item(key) {
            let message = format!("`{key}` is for sets of forms of a model");
            let hint = format!("the form `{}` has no `model`", form.name);
            let finding = item.error("unknown-key", message).hint(hint);
            reader.problems().push(finding);
        }
    }
    FormSetDefinition::new(form, options(reader, FormSetOptions::default()))
}

/// A set of rows: all of a model, or those of a parent.
fn row_set(
    context: &FormContext<'_>,
    registry: &Registry,
    reader: &TableReader<'_>,
    form: &FormDefinition,
) -> Option<FormSetDefinition> {
    let model = form.model()?;
    let rows = ModelRowReader {
        registry,
        model,
        problems: context.problems,
    };
    let query = rows.query(reader);
    let order_field = order_field(reader, form, model);
    let query = match &order_field {
        Some(field) => query.order_by([field.as_str(), "pk"]),
        None => query,
    };
    let edit_only = reader.or("edit_only", false);
    let is_inline = reader.source().get("parent_model").is_some();
    let field = if is_inline {
        parent_field(context, registry, reader, model)
    } else {
        refuse_lone_fk_name(reader);
        None
    };
    let usual = usual_options(registry, model, field, edit_only);
    let mut options = options(reader, usual);
    options.can_order |= order_field.is_some();
    if field.is_some_and(Field::is_unique) {
        options.max_num = 1;
    }
    if is_inline && field.is_none() {
        return None;
    }
    let parent = field.and_then(|field| InlineParent::new(registry, model, field).ok());
    match FormSetRows::new(registry, model, query, parent) {
        Ok(rows) => {
            let rows = FormSetRows {
                edit_only,
                order_field,
                ..rows
            };
            Some(FormSetDefinition::of_rows(form, options, rows))
        }
        Err(error) => {
            let place = reader.source().get("form")?;
            context
                .problems
                .push(place.error("no-primary-key", error.to_string()));
            None
        }
    }
}

/// The field in which `order_field` has the places of the rows written; what cannot hold them is reported.
fn order_field(reader: &TableReader<'_>, form: &FormDefinition, model: &Model) -> Option<String> {
    let name = reader.optional::<String>("order_field")?;
    let place = reader.item("order_field")?;
    let is_number = |field: &&Field| field.kind.is_integer() && !field.kind.is_auto();
    let numbers = || {
        let numbers = model.columns().filter(is_number);
        numbers.map(|field| field.name.as_str())
    };
    let is_unique = || {
        let sets = model.options.unique_together.iter().map(Vec::as_slice);
        let constraints = model.options.constraints.iter();
        let mut sets = sets.chain(constraints.map(Constraint::fields));
        model.field(&name).is_some_and(Field::is_unique) || sets.any(|set| set.contains(&name))
    };
    let finding = if !numbers().any(|known| known == name) {
        let message = format!(
            "`{name}` is not a field of `{}` for whole numbers",
            model.name
        );
        let otherwise = match numbers().next() {
            Some(_) => format!("its fields for them are {}", text::quoted(numbers())),
            None => {
                "add `{ type = \"PositiveIntegerField\", default = 0 }` to the model".to_owned()
            }
        };
        let finding = place.error("unknown-field", message);
        finding.suggest_or(&name, numbers(), otherwise)
    } else if form.position(&name).is_some() {
        let message = format!("`{name}` is in the form, and would be written twice");
        let hint = "leave it out of the `fields` of the form".to_owned();
        place.error("order-field-in-form", message).hint(hint)
    } else if is_unique() {
        let message = format!("`{name}` is unique: rows could not change their places");
        place.error("unique-order-field", message)
    } else if let Some(order_by) = reader.item("order_by") {
        let message = "`order_field` says in which order rows stand";
        order_by.error("two-orders", message)
    } else {
        return Some(name);
    };
    reader.problems().push(finding);
    None
}

/// What holds for a set of rows where nothing is said: as in Django's `modelformset_factory` and
/// `inlineformset_factory`, but that a set that adds no rows shows no empty forms.
fn usual_options(
    registry: &Registry,
    model: &Model,
    parent: Option<&Field>,
    edit_only: bool,
) -> FormSetOptions {
    let mut usual = FormSetOptions::default();
    if let Some(field) = parent {
        let way = ReverseRelation::new(registry, model, field);
        usual.prefix = way.map_or_else(String::new, |way| way.accessor);
        usual.extra = INLINE_EXTRA;
        usual.can_delete = true;
        if field.is_unique() {
            usual = usual.max_num(1);
        }
    }
    if edit_only {
        usual.extra = 0;
    }
    usual
}

fn refuse_lone_fk_name(reader: &TableReader<'_>) {
    if let Some(item) = reader.item("fk_name") {
        let message = "`fk_name` needs a `parent_model`";
        reader.problems().push(item.error("missing-key", message));
    }
}

/// The field by which the rows of `model` refer to those of `parent_model`; that of `fk_name` where it is given.
fn parent_field<'m>(
    context: &FormContext<'_>,
    registry: &Registry,
    reader: &TableReader<'_>,
    model: &'m Model,
) -> Option<&'m Field> {
    let key = named_model(context, reader, "parent_model");
    let (wanted, named) = (reader.item("fk_name"), reader.optional::<String>("fk_name"));
    let parent = registry.find(&key?)?;
    let reference = ParentReference {
        registry,
        model,
        parent,
        parent_name: &parent.label(),
        place: wanted.or_else(|| reader.source().get("parent_model"))?,
    };
    let found = reference.field(named.as_deref());
    found.map_err(|finding| context.problems.push(finding)).ok()
}

/// How rows refer to those that they are shown with.
#[derive(Debug)]
pub struct ParentReference<'r, 'm> {
    /// All models.
    pub registry: &'r Registry,
    /// The model of the rows.
    pub model: &'m Model,
    /// The model of their parents.
    pub parent: &'r Model,
    /// What messages call it.
    pub parent_name: &'r str,
    /// Where a mistake is reported.
    pub place: &'r Item,
}

impl<'m> ParentReference<'_, 'm> {
    /// The only field, or the one called `named`; the finding says why there is none.
    pub fn field(&self, named: Option<&str>) -> Result<&'m Field, Finding> {
        let (model, parent) = (&self.model.name, self.parent_name);
        let fields = foreign_keys_to(self.registry, self.model, self.parent);
        let choices = || fields.iter().map(|field| field.name.as_str());
        match (named, &fields[..]) {
            (_, []) => {
                let message = format!("`{model}` has no foreign key to `{parent}`");
                Err(self.place.error("no-foreign-key", message))
            }
            (None, [only]) => Ok(only),
            (None, _) => {
                let message = format!("`{model}` has several foreign keys to `{parent}`");
                let hint = format!("add `fk_name`, one of {}", text::quoted(choices()));
                Err(self.place.error("several-foreign-keys", message).hint(hint))
            }
            (Some(named), _) => {
                let found = fields.iter().find(|field| field.name == named);
                found.copied().ok_or_else(|| {
                    let message =
                        format!("`{named}` is not a foreign key of `{model}` to `{parent}`");
                    let otherwise = format!("one of {}", text::quoted(choices()));
                    self.place.error("unknown-field", message).suggest_or(
                        named,
                        choices(),
                        otherwise,
                    )
                })
            }
        }
    }
}

/// The fields by which rows of `model` refer to those of `parent`.
fn foreign_keys_to<'m>(registry: &Registry, model: &'m Model, parent: &Model) -> Vec<&'m Field> {
    let fields = model.fields.iter();
    fields
        .filter(|field| refers_to(registry, field, parent))
        .collect()
}

/// Whether `field` refers to rows of `parent`, or of the model that it is a proxy for, or that is a proxy for it.
fn refers_to(registry: &Registry, field: &Field, parent: &Model) -> bool {
    let target = field
        .relation()
        .and_then(|relation| registry.target(&relation.to));
    let concrete = |model: &Model| {
        let shown = model.options.proxy_for.as_ref();
        let shown = shown.and_then(|to| registry.target(to));
        shown.map_or_else(|| model.key(), Model::key)
    };
    target.is_some_and(|target| concrete(parent) == concrete(target))
}

/// What a table says of the set, in place of what is `usual`.
fn options(reader: &TableReader<'_>, usual: FormSetOptions) -> FormSetOptions {
    let usual = match reader.optional("max_num") {
        Some(max_num) => usual.max_num(max_num),
        None => usual,
    };
    FormSetOptions {
        prefix: reader.or("prefix", usual.prefix),
        extra: reader.or("extra", usual.extra),
        can_order: reader.or("can_order", usual.can_order),
        can_delete: reader.or("can_delete", usual.can_delete),
        can_delete_extra: reader.or("can_delete_extra", usual.can_delete_extra),
        min_num: reader.or("min_num", usual.min_num),
        max_num: usual.max_num,
        absolute_max: reader.or("absolute_max", usual.absolute_max),
        validate_min: reader.or("validate_min", usual.validate_min),
        validate_max: reader.or("validate_max", usual.validate_max),
    }
}
