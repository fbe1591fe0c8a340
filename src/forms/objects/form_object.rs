//! A form in a template.

use std::fmt;
use std::sync::Arc;

use crate::forms::bound_field::ErrorListStyle;
use crate::forms::error::ValidationError;
use crate::forms::error_list::ErrorList;
use crate::forms::form::Form;
use crate::forms::layout::FormLayout;
use crate::forms::objects::bound_field_object::BoundField;
use crate::forms::objects::declared_field::declared_field;
use crate::forms::objects::form_media::FormMedia;
use crate::forms::objects::form_values::{
    cleaned_values, error_dict, initial_values, sent_files, sent_values,
};
use crate::templates::value::{
    Enumerator, Error, Object, ObjectRepr, State, Value, call_own, from_args,
};

/// What Django's templates call: here it may be called, too.
const METHODS: [&str; 11] = [
    "as_div",
    "as_p",
    "as_table",
    "as_ul",
    "has_changed",
    "hidden_fields",
    "is_multipart",
    "is_valid",
    "non_field_errors",
    "render",
    "visible_fields",
];

impl Form {
    fn bound(self: &Arc<Self>, index: usize) -> BoundField {
        let form = Arc::clone(self);
        BoundField { form, index }
    }

    /// The fields that nobody sees, or the others.
    fn bound_objects(self: &Arc<Self>, are_hidden: bool) -> Value {
        let fields = self.bound_fields();
        fields
            .filter(|field| field.is_hidden() == are_hidden)
            .map(|field| Value::from_object(self.bound(field.index)))
            .collect()
    }

    /// Whether a field, or with `None` the form, has an error, of this code if one is given.
    fn has_error(&self, args: &[Value]) -> Result<Value, Error> {
        let (name, code): (Option<String>, Option<String>) = from_args(args)?;
        let errors = match &name {
            Some(name) if name != "__all__" => self.errors(name),
            _ => self.non_field_errors(),
        };
        let has_code =
            |error: &ValidationError| code.as_ref().is_none_or(|code| error.code == **code);
        Ok(Value::from(errors.iter().any(has_code)))
    }

    fn non_field_list(&self) -> ErrorList {
        ErrorList::new(self.non_field_errors().to_vec(), ErrorListStyle::of_form())
    }

    /// What the form itself has under this name.
    fn own(self: &Arc<Self>, name: &str) -> Option<Value> {
        if let Some(layout) = FormLayout::of_method(name) {
            return Some(Value::from_safe_string(self.html(layout)));
        }
        Some(match name {
            "__html__" | "render" => Value::from_safe_string(self.html(FormLayout::Div)),
            "auto_id" => Value::from("id_%s"),
            "changed_data" => self.changed_data().into_iter().collect(),
            "cleaned_data" => cleaned_values(self)?,
            "data" => sent_values(self),
            "empty_permitted" => Value::from(self.empty_permitted),
            "errors" => error_dict(self),
            "fields" => {
                let fields = self.fields().iter();
                Value::from_pairs(fields.map(|field| (field.name(), declared_field(self, field))))
            }
            "files" => sent_files(self),
            "has_changed" => Value::from(self.has_changed()),
            "hidden_fields" => self.bound_objects(true),
            "initial" => initial_values(self),
            "instance" => self.instance.clone()?,
            "is_bound" => Value::from(self.is_bound()),
            "is_multipart" => Value::from(self.definition.is_multipart()),
            "is_valid" => Value::from(self.is_valid()),
            "label_suffix" => Value::from(self.definition.label_suffix.as_str()),
            "media" => Value::from_object(FormMedia),
            "non_field_errors" => Value::from_object(self.non_field_list()),
            "prefix" if self.prefix.is_empty() => Value::from(()),
            "prefix" => Value::from(self.prefix.as_str()),
            "use_required_attribute" => Value::from(self.use_required_attribute),
            "visible_fields" => self.bound_objects(false),
            _ => return None,
        })
    }
}

impl Object for Form {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Iterable
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        // A field goes before what the form itself has of that name, as `form["errors"]` in Django.
        match self.definition.position(key) {
            Some(index) => Some(Value::from_object(self.bound(index))),
            None => self.own(key),
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let fields = 0..self.fields().len();
        let fields = fields.map(|index| Value::from_object(self.bound(index)));
        Enumerator::Values(fields.collect())
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
        if method == "has_error" {
            return self.has_error(args);
        }
        call_own("form", method, args, |name| {
            METHODS.contains(&name).then(|| self.own(name)).flatten()
        })
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Self::html(self, FormLayout::Div))
    }
}
