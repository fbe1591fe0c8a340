//! Validators of passwords that are classes of the project, as djr's own pages and commands ask them.

use std::sync::Arc;

use rustpython_vm::VirtualMachine;

use crate::auth::{OwnValidators, UserAttributes};
use crate::script::PythonSite;
use crate::script::engine::convert;
use crate::script::engine::entry::enter;
use crate::script::engine::form_code;
use crate::script::engine::python_error;

/// Django's module that asks such classes.
const MODULE: &str = "django.contrib.auth.own_validators";

/// Asks the classes of a project.
#[derive(Debug)]
struct ProjectValidators {
    site: Arc<PythonSite>,
}

/// What asks the validators of passwords that are classes of the project of `site`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn own_validators(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnValidators>> {
    Some(Arc::new(ProjectValidators {
        site: Arc::clone(site),
    }))
}

impl OwnValidators for ProjectValidators {
    fn validate(&self, class: &str, password: &str, person: &UserAttributes<'_>) -> Vec<String> {
        enter(&self.site, |this, vm| {
            let attributes = [
                ("username", person.username),
                ("first_name", person.first_name),
                ("last_name", person.last_name),
                ("email", person.email),
            ];
            let attributes = convert::pairs(attributes.into_iter(), vm);
            let validate = this.own(MODULE, "validate", vm);
            let said = validate.and_then(|validate| {
                let said = validate.call((class, password, attributes), vm)?;
                said.try_to_value::<Vec<String>>(vm)
            });
            said.unwrap_or_else(|exception| {
                let message = failed(class, &exception, vm);
                // A password that cannot be judged is not taken.
                vec![message]
            })
        })
    }

    fn help(&self, class: &str) -> String {
        enter(&self.site, |this, vm| {
            let help = this.own(MODULE, "help_text", vm);
            let said = help.and_then(|help| {
                let said = help.call((class,), vm)?;
                said.try_to_value::<String>(vm)
            });
            said.unwrap_or_else(|exception| {
                failed(class, &exception, vm);
                String::new()
            })
        })
    }
}

/// Has the page that is made fail for `exception`; what a command says.
fn failed(
    class: &str,
    exception: &rustpython_vm::builtins::PyBaseExceptionRef,
    vm: &VirtualMachine,
) -> String {
    form_code::fail(python_error::http_error(exception, vm));
    let what = python_error::one_line(exception, vm);
    format!("The validator {class} failed: {what}")
}
