//! The form of a new password: twice, or none at all (`AdminUserCreationForm`, `AdminPasswordChangeForm`).

use crate::admin::pages::AdminRequest;
use crate::auth::{UserAttributes, unusable_password};
use crate::forms::{
    Form, FormChoice, FormField, FormFieldKind, ValidationError, Widget, WidgetClass,
};
use crate::http::FormData;
use crate::views::{HttpError, PasswordFields, hash_password};

const NEW: PasswordFields = PasswordFields {
    first: "password1",
    second: "password2",
};

/// The name of the field that says whether there is a password at all.
const USABLE: &str = "usable_password";

const USABLE_HELP: &str = "Whether the user will be able to authenticate using a password or not. If disabled, they may \
     still be able to authenticate using other backends, such as Single Sign-On or LDAP.";

/// A form for a new password.
#[derive(Clone, Debug)]
pub(super) struct PasswordForm {
    /// The form.
    pub(super) form: Form,
}

impl PasswordForm {
    /// The form with what was sent, if anything was; `asks_usable` where a user may be left without a password.
    pub(super) fn new(
        request: &AdminRequest<'_, '_>,
        asks_usable: bool,
        data: Option<FormData>,
    ) -> Self {
        let passwords = NEW.fields(request.request, ["Password", "Password (again)"]);
        let usable = asks_usable.then(usable_field);
        let fields = usable.into_iter().chain(passwords.map(FormField::optional));
        let form = Form::new(fields.collect());
        Self {
            form: match data {
                Some(data) => form.bind(data),
                None => form,
            },
        }
    }

    /// Whether the user is to have a password.
    pub(super) fn is_usable(&self) -> bool {
        self.form.text(USABLE) != Some("false")
    }

    /// Refuses a password that is missing, not the same twice, or one that `user` must not have.
    pub(super) fn check(&mut self, request: &AdminRequest<'_, '_>, user: &UserAttributes<'_>) {
        if !self.is_usable() {
            return;
        }
        for name in [NEW.first, NEW.second] {
            let is_missing = self.form.text(name).is_none_or(str::is_empty);
            if is_missing && self.form.errors(name).is_empty() {
                let error = ValidationError::new("This field is required.", "required");
                self.form.add_error(name, error);
            }
        }
        NEW.check(request.request, &mut self.form, user);
    }

    /// The hash of the password of a valid form, or what marks that there is none.
    pub(super) fn encoded(&self, request: &AdminRequest<'_, '_>) -> Result<String, HttpError> {
        if self.is_usable() {
            hash_password(request.request, self.form.cleaned(NEW.first))
        } else {
            Ok(unusable_password())
        }
    }
}

fn usable_field() -> FormField {
    FormField::new(USABLE, FormFieldKind::Choice)
        .widget(Widget::new(WidgetClass::RadioSelect))
        .choices(vec![
            FormChoice::option("true", "Enabled"),
            FormChoice::option("false", "Disabled"),
        ])
        .initial("true")
        .optional()
        .label("Password-based authentication")
        .help_text(USABLE_HELP)
}
