//! Fields whose values are files.

use std::sync::Arc;

use crate::forms::error::{ValidationError, plural};
use crate::forms::field::FormField;
use crate::forms::field::context::Errors;
use crate::forms::field::kind::{FileLimits, FormFieldKind};
use crate::forms::form_value::{FormInput, FormValue};
use crate::http::UploadedFile;
use crate::storage::{ImageFormat, image_format, is_extension_of_another};
use crate::values::FieldValue;

/// The file that was sent, or the one that was stored before.
pub(super) fn clean(field: &FormField, input: &FormInput<'_>) -> Result<FormValue, Errors> {
    match input {
        FormInput::Contradiction => {
            let message = "Please either submit a file or check the clear checkbox, not both.";
            Err(vec![field.error("contradiction", message)])
        }
        FormInput::ClearFile if !field.required => Ok(FormValue::ClearFile),
        FormInput::Stored(file) if !file.name.is_empty() => Ok(FormValue::Stored((*file).clone())),
        FormInput::File(file) => {
            check(field, file)?;
            Ok(FormValue::File(Arc::clone(file)))
        }
        _ => {
            field.demand(false)?;
            Ok(FormValue::NULL)
        }
    }
}

impl FormField {
    /// What is wrong with `file`, which was sent for this field.
    pub fn file_errors(&self, file: &UploadedFile) -> Vec<ValidationError> {
        check(self, file).err().unwrap_or_default()
    }
}

fn check(field: &FormField, file: &UploadedFile) -> Result<(), Errors> {
    let (FormFieldKind::File(limits) | FormFieldKind::Image(limits)) = &field.kind else {
        return Ok(());
    };
    let mut problem = check_name(limits, file).or_else(|| check_size(limits, file));
    if let FormFieldKind::Image(_) = field.kind {
        problem = problem.or_else(|| check_image(file));
    }
    if let Some(error) = problem {
        return Err(vec![field.in_own_words(error)]);
    }
    field.run_validators(&FieldValue::Text(file.name().to_owned()))?;
    match check_type(limits, file) {
        Some(error) => Err(vec![field.in_own_words(error)]),
        None => Ok(()),
    }
}

fn check_name(limits: &FileLimits, file: &UploadedFile) -> Option<ValidationError> {
    let length = u64::try_from(file.name().chars().count()).unwrap_or(u64::MAX);
    let max = limits.max_length.filter(|max| length > *max)?;
    let message = plural(
        max,
        "Ensure this filename has at most %(max)d character (it has %(length)d).",
        "Ensure this filename has at most %(max)d characters (it has %(length)d).",
    );
    let error = ValidationError::new(message, "max_length").with("max", max);
    Some(error.with("length", length))
}

fn check_size(limits: &FileLimits, file: &UploadedFile) -> Option<ValidationError> {
    if file.size() == 0 && !limits.allow_empty_file {
        return Some(ValidationError::new(
            "The submitted file is empty.",
            "empty",
        ));
    }
    let max = limits.max_size.filter(|max| file.size() > *max)?;
    let message = "Ensure this file has at most %(max)d bytes (it has %(size)d).";
    let error = ValidationError::new(message, "max_size").with("max", max);
    Some(error.with("size", file.size()))
}

fn check_image(file: &UploadedFile) -> Option<ValidationError> {
    let message = "Upload a valid image. The file you uploaded was either not an image or a \
                   corrupted image.";
    let Some(format) = image_format(file) else {
        return Some(ValidationError::new(message, "invalid_image"));
    };
    let message =
        "The content of this file is of the type %(content_type)s, and its name says otherwise.";
    is_extension_of_another(file.name(), format).then(|| {
        let error = ValidationError::new(message, "invalid_image");
        error.with("content_type", format.content_type())
    })
}

/// Compares the content, as far as it can be told, and what the client says of it, with the allowed types.
fn check_type(limits: &FileLimits, file: &UploadedFile) -> Option<ValidationError> {
    if limits.content_types.is_empty() {
        return None;
    }
    let found = image_format(file).map(ImageFormat::content_type);
    let found = found.unwrap_or_else(|| file.content_type());
    let bare = found
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase();
    let allows = |allowed: &String| match allowed.strip_suffix("/*") {
        Some(kind) => bare.split('/').next() == Some(kind),
        None => *allowed == bare,
    };
    if limits.content_types.iter().any(allows) {
        return None;
    }
    let message =
        "Files of the type %(content_type)s are not allowed. Allowed types are: %(allowed)s.";
    let error = ValidationError::new(message, "invalid_content_type").with("content_type", bare);
    Some(error.with("allowed", limits.content_types.join(", ")))
}
