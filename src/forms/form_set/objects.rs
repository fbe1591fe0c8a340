//! Form sets as templates see them.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::ErrorListStyle;
use crate::forms::error_list::ErrorList;
use crate::forms::form_set::set::FormSet;
use crate::forms::form_set::set_form::SetForm;
use crate::forms::layout::FormLayout;
use crate::templates::value::{
    Enumerator, Error, Object, ObjectRepr, State, Value, from_args, unknown_method,
};

impl<F: SetForm> FormSet<F> {
    /// The management form and all forms.
    pub(in crate::forms) fn html(&self, layout: FormLayout) -> String {
        let mut html = self.management.html(FormLayout::Div);
        for form in &self.forms {
            html.push_str(&form.form().html(layout));
        }
        html
    }

    fn form_objects(&self) -> Vec<Value> {
        let forms = self.forms.iter().map(|form| form.form().clone());
        forms.map(Value::from_object).collect()
    }

    fn error_list(&self) -> Value {
        let style = ErrorListStyle {
            class: "errorlist nonform",
            field_id: None,
        };
        Value::from_object(ErrorList::new(self.non_form_errors.clone(), style))
    }
}

impl<F: SetForm> Object for FormSet<F> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if let Some(index) = key.as_usize() {
            return Some(Value::from_object(self.forms.get(index)?.form().clone()));
        }
        Some(match key.as_str()? {
            "__html__" => Value::from_safe_string(self.html(FormLayout::Div)),
            "management_form" => Value::from_object(self.management.clone()),
            "forms" => Value::from(self.form_objects()),
            "empty_form" => Value::from_object(self.empty_form.clone()),
            "non_form_errors" => self.error_list(),
            "is_bound" => Value::from(self.is_bound()),
            "is_multipart" => Value::from(self.definition.is_multipart()),
            "prefix" => Value::from(self.prefix.as_str()),
            "can_delete" => Value::from(self.definition.options.can_delete),
            "can_order" => Value::from(self.definition.options.can_order),
            "initial_form_count" => Value::from(self.initial_form_count()),
            "total_form_count" => Value::from(self.forms.len()),
            _ => return None,
        })
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.form_objects())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn call_method(
        self: &Arc<Self>,
        _: &mut State<'_, '_>,
        method: &str,
        args: &[Value],
    ) -> Result<Value, Error> {
        from_args::<()>(args)?;
        if let Some(layout) = FormLayout::of_method(method) {
            return Ok(Value::from_safe_string(self.html(layout)));
        }
        Ok(match method {
            "non_form_errors" => self.error_list(),
            "is_valid" => Value::from(self.is_valid()),
            "initial_form_count" => Value::from(self.initial_form_count()),
            "total_form_count" => Value::from(self.forms.len()),
            _ => return Err(unknown_method("formset", method)),
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::html(self, FormLayout::Div))
    }
}
