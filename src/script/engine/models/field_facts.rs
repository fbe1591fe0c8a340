//! A field as plain data: its class, and the arguments of Django's constructor.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::models::{
    AutoNow, Choice, DefaultFunction, Field, FieldDefault, FieldKind, IpProtocol, ManyToMany,
    Model, ModelRef, ModelSet as _, OnDelete, Registry, Relation, Validator,
};
use crate::script::engine::models::condition_facts::condition;
use crate::script::engine::models::literal_facts::{Facts, list, literal, text, texts, tuple};

/// `{"name": .., "type": .., "options": {..}}`, without what is usual.
pub(super) fn field(
    registry: &Registry,
    model: &Model,
    field: &Field,
    vm: &VirtualMachine,
) -> PyResult {
    let options = Facts::new(vm);
    common(&options, field)?;
    lengths(&options, &field.kind)?;
    kind(&options, &field.kind)?;
    relations(&options, registry, model, field)?;
    let facts = Facts::new(vm);
    facts.set("name", field.name.as_str())?;
    facts.set("type", field.kind.class_name())?;
    facts.set("options", options.done())?;
    Ok(facts.done())
}

fn common(options: &Facts<'_>, field: &Field) -> PyResult<()> {
    let vm = options.vm;
    let usual = Field::new("", field.kind.clone());
    options.unusual("null", field.null, &usual.null)?;
    options.unusual("blank", field.blank, &usual.blank)?;
    options.unusual("unique", field.unique, &usual.unique)?;
    options.unusual("primary_key", field.primary_key, &usual.primary_key)?;
    options.unusual("editable", field.editable, &usual.editable)?;
    options.unusual("serialize", field.serialize, &usual.serialize)?;
    options.unusual("auto_created", field.auto_created, &false)?;
    options.unusual("help_text", field.help_text.clone(), &usual.help_text)?;
    options.some("db_index", field.db_index)?;
    options.some("db_column", field.db_column.clone())?;
    options.some("db_collation", field.db_collation.clone())?;
    options.some("db_comment", field.db_comment.clone())?;
    options.some("verbose_name", field.verbose_name.clone())?;
    options.some("unique_for_date", field.unique_for_date.clone())?;
    options.some("unique_for_month", field.unique_for_month.clone())?;
    options.some("unique_for_year", field.unique_for_year.clone())?;
    if let Some(found) = &field.default {
        options.set("default", default(found, vm)?)?;
    }
    if field.db_default.is_some() {
        options.set("db_default", true)?;
    }
    if !field.choices.is_empty() {
        options.set("choices", choices(&field.choices, vm)?)?;
    }
    if !field.validators.is_empty() {
        let validators = field.validators.iter().map(|one| validator(one, vm));
        let validators = validators.collect::<PyResult<Vec<_>>>()?;
        options.set("validators", list(validators.into_iter(), vm))?;
    }
    if !field.error_messages.is_empty() {
        let messages = Facts::new(vm);
        for (code, message) in &field.error_messages {
            messages.set(code, message.as_str())?;
        }
        options.set("error_messages", messages.done())?;
    }
    Ok(())
}

/// `("value", literal)`, or `("function", name)`.
fn default(found: &FieldDefault, vm: &VirtualMachine) -> PyResult {
    Ok(match found {
        FieldDefault::Value(value) => tuple([text("value", vm), literal(value, vm)?], vm),
        FieldDefault::Function(function) => {
            let mut all = DefaultFunction::ALL.iter();
            let name = all.find(|(_, known)| known == function);
            let name = name.map_or("now", |(name, _)| name);
            tuple([text("function", vm), text(name, vm)], vm)
        }
    })
}

fn choices(choices: &[Choice], vm: &VirtualMachine) -> PyResult {
    let pairs = |members: &[(crate::models::Literal, String)]| {
        let pairs = members
            .iter()
            .map(|(value, label)| Ok(tuple([literal(value, vm)?, text(label, vm)], vm)));
        let pairs = pairs.collect::<PyResult<Vec<_>>>()?;
        PyResult::Ok(list(pairs.into_iter(), vm))
    };
    let all = choices.iter().map(|choice| match choice {
        Choice::Value(value, label) => Ok(tuple([literal(value, vm)?, text(label, vm)], vm)),
        Choice::Group(label, members) => Ok(tuple([text(label, vm), pairs(members)?], vm)),
    });
    let all = all.collect::<PyResult<Vec<_>>>()?;
    Ok(list(all.into_iter(), vm))
}

fn validator(validator: &Validator, vm: &VirtualMachine) -> PyResult {
    let arguments = Facts::new(vm);
    for (name, value) in &validator.arguments {
        arguments.set(name, literal(value, vm)?)?;
    }
    Ok(tuple([text(validator.name, vm), arguments.done()], vm))
}

fn lengths(options: &Facts<'_>, kind: &FieldKind) -> PyResult<()> {
    options.some("max_length", kind.max_length())?;
    if let FieldKind::Decimal {
        max_digits,
        decimal_places,
    } = kind
    {
        options.set("max_digits", *max_digits)?;
        options.set("decimal_places", *decimal_places)?;
    }
    Ok(())
}

fn kind(options: &Facts<'_>, kind: &FieldKind) -> PyResult<()> {
    match kind {
        FieldKind::Date(stamp) | FieldKind::DateTime(stamp) | FieldKind::Time(stamp) => {
            let AutoNow {
                auto_now,
                auto_now_add,
            } = *stamp;
            options.unusual("auto_now", auto_now, &false)?;
            options.unusual("auto_now_add", auto_now_add, &false)
        }
        FieldKind::Slug { allow_unicode, .. } => {
            options.unusual("allow_unicode", *allow_unicode, &false)
        }
        FieldKind::GenericIpAddress {
            protocol,
            unpack_ipv4,
        } => {
            let protocol = match protocol {
                IpProtocol::Both => "both",
                IpProtocol::Ipv4 => "IPv4",
                IpProtocol::Ipv6 => "IPv6",
            };
            options.set("protocol", protocol)?;
            options.unusual("unpack_ipv4", *unpack_ipv4, &false)
        }
        FieldKind::CompositePrimaryKey { fields } => {
            options.set("fields", texts(fields, options.vm))
        }
        FieldKind::Generated { db_persist, .. } => options.set("db_persist", *db_persist),
        _ => files(options, kind),
    }
}

fn files(options: &Facts<'_>, kind: &FieldKind) -> PyResult<()> {
    match kind {
        FieldKind::File {
            upload_to, storage, ..
        } => upload(options, upload_to, storage.as_deref()),
        FieldKind::Image {
            upload_to,
            storage,
            width_field,
            height_field,
            ..
        } => {
            upload(options, upload_to, storage.as_deref())?;
            options.some("width_field", width_field.clone())?;
            options.some("height_field", height_field.clone())
        }
        FieldKind::FilePath {
            path,
            pattern,
            recursive,
            allow_files,
            allow_folders,
            ..
        } => {
            options.set("path", path.as_str())?;
            options.some("match", pattern.clone())?;
            options.unusual("recursive", *recursive, &false)?;
            options.unusual("allow_files", *allow_files, &true)?;
            options.unusual("allow_folders", *allow_folders, &false)
        }
        _ => Ok(()),
    }
}

fn upload(options: &Facts<'_>, upload_to: &str, storage: Option<&str>) -> PyResult<()> {
    options.set("upload_to", upload_to)?;
    options.some("storage", storage.map(ToOwned::to_owned))
}

fn relations(options: &Facts<'_>, registry: &Registry, model: &Model, of: &Field) -> PyResult<()> {
    match &of.kind {
        FieldKind::ForeignKey(relation) | FieldKind::OneToOne(relation) => {
            reference(options, registry, relation)
        }
        FieldKind::ManyToMany(relation) => many_to_many(options, registry, model, relation),
        FieldKind::Generated { output_field, .. } => {
            let output = field(registry, model, output_field, options.vm)?;
            options.set("output_field", output)
        }
        _ => Ok(()),
    }
}

fn reference(options: &Facts<'_>, registry: &Registry, relation: &Relation) -> PyResult<()> {
    let vm = options.vm;
    options.set("to", label(registry, &relation.to))?;
    let on_delete: PyObjectRef = match &relation.on_delete {
        OnDelete::Cascade => text("CASCADE", vm),
        OnDelete::Protect => text("PROTECT", vm),
        OnDelete::Restrict => text("RESTRICT", vm),
        OnDelete::SetNull => text("SET_NULL", vm),
        OnDelete::SetDefault => text("SET_DEFAULT", vm),
        OnDelete::DoNothing => text("DO_NOTHING", vm),
        OnDelete::Set(value) => default(value, vm)?,
    };
    options.set("on_delete", on_delete)?;
    options.some("to_field", relation.to_field.clone())?;
    options.some("related_name", relation.related_name.clone())?;
    options.some("related_query_name", relation.related_query_name.clone())?;
    options.unusual("db_constraint", relation.db_constraint, &true)?;
    let limit = relation.limit_choices_to.as_ref();
    let limit = limit.map(|limit| condition(limit, vm)).transpose()?;
    options.some("limit_choices_to", limit)
}

fn many_to_many(
    options: &Facts<'_>,
    registry: &Registry,
    model: &Model,
    relation: &ManyToMany,
) -> PyResult<()> {
    let vm = options.vm;
    let target = registry.target(&relation.to);
    let is_own = target.is_some_and(|target| target.key() == model.key());
    options.set("to", label(registry, &relation.to))?;
    let through = relation.through.as_ref();
    options.some("through", through.map(|through| label(registry, through)))?;
    if !relation.through_fields.is_empty() {
        options.set("through_fields", texts(&relation.through_fields, vm))?;
    }
    options.some("related_name", relation.related_name.clone())?;
    options.some("related_query_name", relation.related_query_name.clone())?;
    options.some("db_table", relation.db_table.clone())?;
    options.unusual("db_constraint", relation.db_constraint, &true)?;
    if is_own {
        options.set("symmetrical", relation.symmetrical == Some(true))?;
    }
    let limit = relation.limit_choices_to.as_ref();
    let limit = limit.map(|limit| condition(limit, vm)).transpose()?;
    options.some("limit_choices_to", limit)
}

/// `auth.User`, as the model is written; as it is named where there is none.
fn label(registry: &Registry, to: &ModelRef) -> String {
    let found = registry.target(to);
    found.map_or_else(|| to.to_string(), Model::label)
}
