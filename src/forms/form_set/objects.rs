//! Form sets as templates see them.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::ErrorListStyle;
use crate::forms::error_list::ErrorList;
use crate::forms::form_set::set::FormSet;
use crate::forms::form_set::set_form::SetForm;
use crate::forms::layout::FormLayout;
use crate::forms::objects::{
    FormMedia, bound_form, cleaned_values, error_dict, sent_files, sent_values,
};
use crate::templates::value::{Enumerator, Error, Object, ObjectRepr, State, Value, call_own};

/// What Django's templates call: here it may be called, too.
const METHODS: [&str; 12] = [
    "as_div",
    "as_p",
    "as_table",
    "as_ul",
    "has_changed",
    "initial_form_count",
    "is_multipart",
    "is_valid",
    "non_form_errors",
    "render",
    "total_error_count",
    "total_form_count",
];

impl<F: SetForm> FormSet<F> {
    /// The management form and all forms.
    pub(in crate::forms) fn html(&self, layout: FormLayout) -> String {
        let mut html = self.management.html(FormLayout::Div);
        for form in &self.forms {
            html.push_str(&form.form().html(layout));
        }
        html
    }

    fn form_objects(&self) -> Value {
        let forms = self.forms.iter();
        forms.map(|form| bound_form(form.form())).collect()
    }

    fn error_list(&self) -> Value {
        let style = ErrorListStyle {
            class: "errorlist nonform",
            field_id: None,
        };
        Value::from_object(ErrorList::new(self.non_form_errors.clone(), style))
    }

    /// The forms at these places.
    fn forms_at(&self, places: impl Iterator<Item = usize>) -> Value {
        let forms = places.filter_map(|place| self.forms.get(place));
        forms.map(|form| bound_form(form.form())).collect()
    }

    /// The cleaned values of each form; none where something is wrong.
    fn cleaned_data(&self) -> Option<Value> {
        let forms = self.forms.iter();
        self.is_valid().then(|| {
            forms
                .filter_map(|form| cleaned_values(form.form()))
                .collect()
        })
    }

    /// How many errors there are, those of all forms together included.
    fn total_error_count(&self) -> usize {
        let forms = self.forms.iter();
        let of_forms = forms.map(|form| form.form().wrong_fields());
        self.non_form_errors.len() + of_forms.sum::<usize>()
    }

    /// What it has under this name.
    fn own(&self, name: &str) -> Option<Value> {
        let options = &self.definition.options;
        if let Some(layout) = FormLayout::of_method(name) {
            return Some(Value::from_safe_string(self.html(layout)));
        }
        let (initial, all) = (self.initial_form_count(), self.forms.len());
        let several = |forms: Vec<&F>| -> Value {
            let forms = forms.into_iter();
            forms.map(|form| bound_form(form.form())).collect()
        };
        Some(match name {
            "__html__" | "render" => Value::from_safe_string(self.html(FormLayout::Div)),
            "absolute_max" => Value::from(options.absolute_max),
            "auto_id" => Value::from("id_%s"),
            "can_delete" => Value::from(options.can_delete),
            "can_delete_extra" => Value::from(options.can_delete_extra),
            "can_order" => Value::from(options.can_order),
            "cleaned_data" => self.cleaned_data()?,
            "data" => sent_values(&self.management),
            "deleted_forms" => several(if self.is_valid() {
                self.deleted_forms()
            } else {
                Vec::new()
            }),
            "edit_only" => Value::from(self.definition.rows.as_ref()?.edit_only),
            "empty_form" => bound_form(&self.empty_form),
            "errors" => {
                let forms = self.forms.iter();
                forms.map(|form| error_dict(form.form())).collect()
            }
            "extra" => Value::from(options.extra),
            "extra_forms" => self.forms_at(initial..all),
            "files" => sent_files(&self.management),
            "forms" => self.form_objects(),
            "has_changed" => {
                let mut forms = self.forms.iter();
                Value::from(forms.any(|form| form.form().has_changed()))
            }
            "initial_form_count" => Value::from(initial),
            "initial_forms" => self.forms_at(0..initial.min(all)),
            "is_bound" => Value::from(self.is_bound()),
            "is_multipart" => Value::from(self.definition.is_multipart()),
            "is_valid" => Value::from(self.is_valid()),
            "management_form" => bound_form(&self.management),
            "max_num" => Value::from(options.max_num),
            "media" => Value::from_object(FormMedia),
            "min_num" => Value::from(options.min_num),
            "non_form_errors" => self.error_list(),
            "ordered_forms" if options.can_order && self.is_valid() => {
                several(self.ordered_forms())
            }
            "prefix" => Value::from(self.prefix.as_str()),
            "total_error_count" => Value::from(self.total_error_count()),
            "total_form_count" => Value::from(all),
            "validate_max" => Value::from(options.validate_max),
            "validate_min" => Value::from(options.validate_min),
            _ => return None,
        })
    }
}

impl<F: SetForm> Object for FormSet<F> {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_usize() {
            Some(index) => Some(bound_form(self.forms.get(index)?.form())),
            None => self.own(key.as_str()?),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let forms = self.forms.iter();
        Enumerator::Values(forms.map(|form| bound_form(form.form())).collect())
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
        call_own("formset", method, args, |name| {
            METHODS.contains(&name).then(|| self.own(name)).flatten()
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::html(self, FormLayout::Div))
    }
}
