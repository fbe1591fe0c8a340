//! A model as plain data.

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::models::{
    Constraint, ConstraintKind, Index, Model, ModelSet as _, Registry, ReverseRelation,
};
use crate::script::engine::models::condition_facts::condition;
use crate::script::engine::models::field_facts::field;
use crate::script::engine::models::literal_facts::{Facts, list, text, texts, tuple};

/// What `django.db.models.base` makes a class of.
pub(super) fn facts(registry: &Registry, model: &Model, vm: &VirtualMachine) -> PyResult {
    let facts = Facts::new(vm);
    options(&facts, model)?;
    let fields = model
        .fields
        .iter()
        .map(|one| field(registry, model, one, vm));
    let fields = fields.collect::<PyResult<Vec<_>>>()?;
    facts.set("fields", list(fields.into_iter(), vm))?;
    facts.set("related", related(registry, model, vm))?;
    Ok(facts.done())
}

fn options(facts: &Facts<'_>, model: &Model) -> PyResult<()> {
    let (vm, options) = (facts.vm, &model.options);
    facts.set("app_label", model.app_label.as_str())?;
    facts.set("object_name", model.name.as_str())?;
    facts.set("db_table", model.db_table())?;
    facts.set("verbose_name", model.verbose_name())?;
    facts.set("verbose_name_plural", model.verbose_name_plural())?;
    facts.set("ordering", texts(&options.ordering, vm))?;
    facts.set("get_latest_by", texts(&options.get_latest_by, vm))?;
    let together = options.unique_together.iter().map(|one| texts(one, vm));
    facts.set("unique_together", list(together, vm))?;
    let permissions = options.permissions.iter();
    let permissions =
        permissions.map(|one| tuple([text(&one.codename, vm), text(&one.name, vm)], vm));
    facts.set("permissions", list(permissions, vm))?;
    facts.set(
        "default_permissions",
        texts(&options.default_permissions, vm),
    )?;
    facts.set("managed", options.managed)?;
    facts.set("default_related_name", options.default_related_name.clone())?;
    facts.set(
        "db_table_comment",
        options.db_table_comment.clone().unwrap_or_default(),
    )?;
    facts.set("swappable", options.swappable.is_some())?;
    facts.set("has_str", options.str_template.is_some())?;
    facts.set("has_url", options.url_template.is_some())?;
    let constraints = options.constraints.iter().map(|one| constraint(one, vm));
    let constraints = constraints.collect::<PyResult<Vec<_>>>()?;
    facts.set("constraints", list(constraints.into_iter(), vm))?;
    let indexes = options.indexes.iter().map(|one| index(one, vm));
    let indexes = indexes.collect::<PyResult<Vec<_>>>()?;
    facts.set("indexes", list(indexes.into_iter(), vm))
}

fn constraint(constraint: &Constraint, vm: &VirtualMachine) -> PyResult {
    let facts = Facts::new(vm);
    facts.set("name", constraint.name.as_str())?;
    let message = constraint.violation_error_message.clone();
    facts.some("violation_error_message", message)?;
    facts.some(
        "violation_error_code",
        constraint.violation_error_code.clone(),
    )?;
    match &constraint.kind {
        ConstraintKind::Check(found) => facts.set("check", condition(found, vm)?)?,
        ConstraintKind::Unique(fields) => facts.set("fields", texts(fields, vm))?,
        ConstraintKind::UniqueIndex {
            fields,
            expressions,
            condition: found,
        } => {
            facts.set("fields", texts(fields, vm))?;
            facts.set("expression_count", expressions.len())?;
            let found = found.as_ref().map(|found| condition(found, vm));
            facts.some("condition", found.transpose()?)?;
        }
    }
    Ok(facts.done())
}

fn index(index: &Index, vm: &VirtualMachine) -> PyResult {
    let facts = Facts::new(vm);
    facts.some("name", index.name.clone())?;
    let fields = index.fields.iter().map(|field| {
        let sign = if field.descending { "-" } else { "" };
        text(&format!("{sign}{}", field.name), vm)
    });
    facts.set("fields", list(fields, vm))?;
    facts.set("expression_count", index.expressions.len())?;
    let found = index.condition.as_ref();
    let found = found.map(|found| condition(found, vm));
    facts.some("condition", found.transpose()?)?;
    Ok(facts.done())
}

/// The fields of other models that lead here: `(label, field, class of the field, attribute or None)`.
fn related(registry: &Registry, model: &Model, vm: &VirtualMachine) -> PyObjectRef {
    let key = model.key();
    let mut found = Vec::new();
    for other in registry.models() {
        for field in &other.fields {
            let target = field.kind.target().and_then(|to| registry.target(to));
            if target.is_none_or(|target| !target.is(&key)) {
                continue;
            }
            let way = ReverseRelation::new(registry, other, field);
            let accessor = way.map(|way| way.accessor);
            let parts = [
                text(&other.label(), vm),
                text(&field.name, vm),
                text(field.kind.class_name(), vm),
                accessor.map_or_else(|| vm.ctx.none(), |name| text(&name, vm)),
            ];
            found.push(tuple(parts, vm));
        }
    }
    list(found.into_iter(), vm)
}
