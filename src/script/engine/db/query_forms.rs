//! Expressions with parts of their own: parts of dates, other queries, windows.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::models::expression::{
    DateComponent, Expression, QueryExpression, RowQuery, WindowExpression, WindowFrame,
    WindowFunction, WindowedFunction,
};
use crate::script::engine::db::conditions::TreeReader;
use crate::script::engine::db::expressions::unknown;
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::{arguments, fields};

impl TreeReader<'_> {
    /// The expression of the form `form`.
    pub(super) fn query_form(&self, form: &str, object: &PyObjectRef) -> PyResult<Expression> {
        let vm = self.vm;
        let found = match form {
            "OuterRef" => {
                let path = arguments::text(object, "name", vm)?;
                let deeper = arguments::number(object, "levels", vm)?;
                let levels = deeper.and_then(|deeper| usize::try_from(deeper).ok());
                let levels = levels.unwrap_or(1);
                QueryExpression::OuterRef { path, levels }
            }
            "Subquery" => QueryExpression::Subquery(self.inner_rows(object)?),
            "Exists" => QueryExpression::Exists(self.inner_rows(object)?),
            "Extract" => QueryExpression::Extract {
                of: self.first_source(object)?,
                part: date_part(&arguments::text(object, "lookup_name", vm)?, vm)?,
                zone: zone(object, vm)?,
            },
            "Trunc" => {
                let output = arguments::optional(object, "_djr_output", vm)?;
                let output = output.map(|field| fields::field(&field, vm));
                QueryExpression::Truncate {
                    of: self.first_source(object)?,
                    part: date_part(&arguments::text(object, "kind", vm)?, vm)?,
                    zone: zone(object, vm)?,
                    output_field: output.transpose()?,
                }
            }
            "JSONObject" => self.json_object(object)?,
            "KT" => QueryExpression::KeyText(arguments::text(object, "path", vm)?),
            "Window" => QueryExpression::Window(self.window(object)?),
            "FilteredRelation" => QueryExpression::FilteredRelation {
                relation: arguments::text(object, "relation_name", vm)?,
                condition: self.condition(&object.get_attr("condition", vm)?)?,
            },
            other => return Err(unknown("expression", other, vm)),
        };
        Ok(found.into())
    }

    /// The rows of the query set within `Subquery` or `Exists`.
    fn inner_rows(&self, object: &PyObject) -> PyResult<RowQuery> {
        let inner = object.get_attr("queryset", self.vm)?;
        match NativeQuery::of_query_set(&inner, self.vm)? {
            Some(query) => Ok(query.into()),
            None => Err(self
                .vm
                .new_type_error("a query within another must be a QuerySet")),
        }
    }

    fn json_object(&self, object: &PyObject) -> PyResult<QueryExpression> {
        let vm = self.vm;
        let mut entries = Vec::new();
        for pair in arguments::list(object, "_djr_entries", vm)? {
            let pair = arguments::elements(&pair, vm)?;
            if let [name, expression] = pair.as_slice() {
                entries.push((arguments::text_of(name, vm)?, self.expression(expression)?));
            }
        }
        Ok(QueryExpression::JsonObject(entries))
    }

    fn window(&self, object: &PyObject) -> PyResult<WindowExpression> {
        let vm = self.vm;
        let partition_by = arguments::list(object, "partition_by", vm)?;
        let partition_by = partition_by.iter().map(|part| self.expression(part));
        let order_by = arguments::list(object, "order_by", vm)?;
        let frame = arguments::optional(object, "frame", vm)?;
        let source = object.get_attr("source_expression", vm)?;
        Ok(WindowExpression {
            function: self.windowed(&source)?,
            partition_by: partition_by.collect::<PyResult<_>>()?,
            order_by: self.order_terms(&order_by)?,
            frame: frame.map(|frame| window_frame(&frame, vm)).transpose()?,
        })
    }

    fn windowed(&self, object: &PyObject) -> PyResult<WindowedFunction> {
        let vm = self.vm;
        match arguments::form(object, vm).as_deref() {
            Some("Aggregate") => self.aggregate(object).map(WindowedFunction::Aggregate),
            Some("WindowFunction") => {
                let name = arguments::text(object, "_djr_function", vm)?;
                let mut known = WindowFunction::ALL.iter();
                let found = known.find(|(known, ..)| *known == name);
                let (_, function, _) = found.ok_or_else(|| unknown("function", &name, vm))?;
                Ok(WindowedFunction::Function(*function, self.sources(object)?))
            }
            _ => Err(vm.new_value_error("a Window is over an aggregate or a function of windows")),
        }
    }
}

fn date_part(name: &str, vm: &VirtualMachine) -> PyResult<DateComponent> {
    let mut known = DateComponent::ALL.iter();
    let found = known
        .find(|(known, _)| *known == name)
        .map(|(_, part)| *part);
    found.ok_or_else(|| vm.new_value_error(format!("`{name}` is not a part of a date or a time")))
}

/// The name of the zone of `tzinfo`.
fn zone(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<String>> {
    let Some(zone) = arguments::optional(object, "tzinfo", vm)? else {
        return Ok(None);
    };
    let name = match arguments::optional(&zone, "key", vm)? {
        Some(key) => key.str(vm)?,
        None => zone.str(vm)?,
    };
    Ok(Some(name.to_string_lossy().into_owned()))
}

fn window_frame(object: &PyObject, vm: &VirtualMachine) -> PyResult<WindowFrame> {
    Ok(WindowFrame {
        counts_rows: arguments::text(object, "frame_type", vm)? == "ROWS",
        start: arguments::number(object, "start", vm)?,
        end: arguments::number(object, "end", vm)?,
    })
}
