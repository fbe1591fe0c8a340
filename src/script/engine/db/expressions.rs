//! `F`, functions and what else Django's expressions are, as expressions of the query layer.

use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::models::expression::{
    AggregateExpression, AggregateFunction, Connector, Expression, FUNCTIONS, QueryExpression,
    SqlTemplate, TemplateKind,
};
use crate::models::{Field, FieldKind, Literal};
use crate::script::engine::db::conditions::TreeReader;
use crate::script::engine::db::native_query::NativeQuery;
use crate::script::engine::db::{arguments, fields, value};
use crate::values::{FieldValue, to_literal};

/// The operators between expressions, as Django's classes name them.
const CONNECTORS: [(&str, Connector); 11] = [
    ("+", Connector::Add),
    ("-", Connector::Sub),
    ("*", Connector::Mul),
    ("/", Connector::Div),
    ("%%", Connector::Mod),
    ("^", Connector::Pow),
    ("&", Connector::BitAnd),
    ("|", Connector::BitOr),
    ("#", Connector::BitXor),
    ("<<", Connector::BitLeftShift),
    (">>", Connector::BitRightShift),
];

impl TreeReader<'_> {
    /// The expression in `object`; what is not one stands for its value.
    pub(super) fn expression(&self, object: &PyObjectRef) -> PyResult<Expression> {
        let Some(form) = arguments::form(object, self.vm) else {
            return self.value(object);
        };
        let found = self.of_form(&form, object)?;
        let is_typed = matches!(
            form.as_str(),
            "Value" | "Wrapper" | "Cast" | "Trunc" | "F" | "QuerySet"
        );
        match arguments::optional(object, "_djr_output", self.vm)? {
            Some(field) if !is_typed => {
                let field = fields::field(&field, self.vm)?;
                Ok(QueryExpression::Typed(found, field).into())
            }
            _ => Ok(found),
        }
    }

    fn of_form(&self, form: &str, object: &PyObjectRef) -> PyResult<Expression> {
        let vm = self.vm;
        Ok(match form {
            "F" => {
                let name = arguments::text(object, "name", vm)?;
                self.paths.borrow_mut().push(name.clone());
                Expression::F(name)
            }
            "Value" => return self.typed_value(object),
            "Combined" => {
                let sign = arguments::text(object, "connector", vm)?;
                let mut known = CONNECTORS.iter();
                let found = known.find(|(name, _)| *name == sign);
                let connector = found.map(|(_, connector)| *connector);
                let connector = connector.ok_or_else(|| unknown("operator", &sign, vm))?;
                let sides = [object.get_attr("lhs", vm)?, object.get_attr("rhs", vm)?];
                let sides = sides.iter().map(|side| self.expression(side));
                Expression::Combined(connector, sides.collect::<PyResult<_>>()?)
            }
            "Func" => return self.function(object),
            "Template" => return self.template(object),
            "Aggregate" | "Lookup" if arguments::is_true(object, "_djr_is_own", vm)? => {
                return self.template(object);
            }
            "Aggregate" => self.aggregate(object)?.into(),
            "Wrapper" => {
                let field = object.get_attr("_djr_output", vm)?;
                let inner = self.expression(&object.get_attr("expression", vm)?)?;
                QueryExpression::Typed(inner, fields::field(&field, vm)?).into()
            }
            "Cast" => {
                let field = object.get_attr("_djr_output", vm)?;
                let inner = self.first_source(object)?;
                Expression::Cast(Box::new(inner), fields::field(&field, vm)?)
            }
            "Collate" => {
                let collation = arguments::text(object, "collation", vm)?;
                Expression::Collate(Box::new(self.first_source(object)?), collation)
            }
            "Case" => return self.case(object),
            "Q" | "Negated" | "Lookup" => Expression::Q(Box::new(self.condition(object)?)),
            "QuerySet" => match NativeQuery::of_query_set(object, vm)? {
                Some(query) => Expression::subquery(query.into()),
                None => return Err(unknown("query", form, vm)),
            },
            other => return self.query_form(other, object),
        })
    }

    /// The expressions that an expression is made of.
    pub(super) fn sources(&self, object: &PyObject) -> PyResult<Vec<Expression>> {
        let sources = arguments::list(object, "source_expressions", self.vm)?;
        sources
            .iter()
            .map(|source| self.expression(source))
            .collect()
    }

    /// The first expression that an expression is made of.
    pub(super) fn first_source(&self, object: &PyObject) -> PyResult<Expression> {
        let sources = arguments::list(object, "source_expressions", self.vm)?;
        match sources.first() {
            Some(first) => self.expression(first),
            None => Err(self
                .vm
                .new_type_error("an expression is missing its argument")),
        }
    }

    fn function(&self, object: &PyObject) -> PyResult<Expression> {
        let vm = self.vm;
        if arguments::is_true(object, "_djr_is_own", vm)? {
            return self.template(object);
        }
        let name = arguments::text(object, "_djr_function", vm)?;
        let found = FUNCTIONS.iter().find(|known| known.name == name);
        let signature = found.ok_or_else(|| unknown("function", &name, vm))?;
        let sources = self.sources(object)?;
        if !(signature.least..=signature.most).contains(&sources.len()) {
            let message = format!("{name} cannot take {} expressions", sources.len());
            return Err(vm.new_type_error(message));
        }
        Ok(Expression::Function(signature.function, sources))
    }

    /// SQL of somebody's own, which `_djr_template` of the object writes.
    fn template(&self, object: &PyObject) -> PyResult<Expression> {
        let vm = self.vm;
        self.has_own_sql.set(true);
        let made = vm.call_method(object, "_djr_template", ())?;
        let made = arguments::elements(&made, vm)?;
        let [texts, parts, kind] = made.as_slice() else {
            return Err(vm.new_type_error("_djr_template returns SQL, its parts and their kind"));
        };
        let texts = arguments::elements(texts, vm)?;
        let texts = texts.iter().map(|text| arguments::text_of(text, vm));
        let parts = arguments::elements(parts, vm)?;
        let parts = parts.iter().map(|part| self.expression(part));
        let template = SqlTemplate {
            texts: texts.collect::<PyResult<_>>()?,
            parts: parts.collect::<PyResult<_>>()?,
            kind: match arguments::text_of(kind, vm)?.as_str() {
                "aggregate" => TemplateKind::Aggregate,
                "condition" => TemplateKind::Condition,
                "stored" => TemplateKind::Stored,
                _ => TemplateKind::Function,
            },
        };
        Ok(QueryExpression::Template(template).into())
    }

    /// An aggregate: `Count("tags", distinct=True)`.
    pub(super) fn aggregate(&self, object: &PyObject) -> PyResult<AggregateExpression> {
        let vm = self.vm;
        let name = arguments::text(object, "_djr_function", vm)?;
        let mut known = AggregateFunction::ALL.into_iter();
        let function = known.find(|function| function.name() == name);
        let function = function.ok_or_else(|| unknown("aggregate", &name, vm))?;
        let filter = arguments::optional(object, "filter", vm)?;
        let default = arguments::optional(object, "default", vm)?;
        let counts_rows = arguments::is_true(object, "_djr_counts_rows", vm)?;
        let of = (!counts_rows).then(|| self.first_source(object));
        Ok(AggregateExpression {
            function: if arguments::is_true(object, "_djr_sample", vm)? {
                function.of_sample()
            } else {
                function
            },
            of: of.transpose()?,
            distinct: arguments::is_true(object, "distinct", vm)?,
            filter: filter.map(|filter| self.condition(&filter)).transpose()?,
            default: default.map(|value| self.expression(&value)).transpose()?,
        })
    }

    fn case(&self, object: &PyObject) -> PyResult<Expression> {
        let vm = self.vm;
        let mut cases = Vec::new();
        for case in arguments::list(object, "cases", vm)? {
            let condition = self.condition(&case.get_attr("condition", vm)?)?;
            cases.push((condition, self.expression(&case.get_attr("result", vm)?)?));
        }
        let default = self.expression(&object.get_attr("default", vm)?)?;
        let is_nothing = default == Expression::Value(Literal::Null);
        Ok(Expression::Case {
            cases,
            default: (!is_nothing).then(|| Box::new(default)),
        })
    }

    /// `Value(3, output_field=...)`.
    fn typed_value(&self, object: &PyObject) -> PyResult<Expression> {
        let vm = self.vm;
        let inner = object.get_attr("value", vm)?;
        let Some(field) = arguments::optional(object, "_djr_output", vm)? else {
            return self.value(&inner);
        };
        let field = fields::field(&field, vm)?;
        let value = value::from_python(&inner, field.value_kind(), self.zone, vm)?;
        let literal = match value {
            FieldValue::Text(text) => Literal::String(text),
            other => to_literal(&other),
        };
        Ok(QueryExpression::Typed(Expression::Value(literal), field).into())
    }

    /// A value by its own class.
    fn value(&self, object: &PyObject) -> PyResult<Expression> {
        let found = value::of_object(object, self.zone, self.vm)?;
        let kind = match &found {
            FieldValue::Decimal(_) => fields::kind("DecimalField"),
            FieldValue::Duration(_) => Some(FieldKind::Duration),
            FieldValue::Uuid(_) => Some(FieldKind::Uuid),
            FieldValue::Bytes(_) => fields::kind("BinaryField"),
            _ => None,
        };
        let literal = Expression::Value(match found {
            FieldValue::Text(text) => Literal::String(text),
            other => to_literal(&other),
        });
        Ok(match kind {
            Some(kind) => {
                let field = Box::new(Field::new("", kind));
                QueryExpression::Typed(literal, field).into()
            }
            None => literal,
        })
    }
}

/// That `name` is not one of djr's.
pub(super) fn unknown(
    what: &str,
    name: &str,
    vm: &VirtualMachine,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    vm.new_type_error(format!("djr does not have the {what} `{name}`"))
}
