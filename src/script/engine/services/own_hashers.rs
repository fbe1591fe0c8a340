//! Hashers of passwords that are classes of the project, as djr's own pages and commands use them.

use std::sync::Arc;

use rustpython_vm::VirtualMachine;
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::convert::TryFromObject;
use rustpython_vm::function::IntoFuncArgs;

use crate::auth::{OwnHashers, PasswordError};
use crate::script::PythonSite;
use crate::script::engine::entry::enter;
use crate::script::engine::{form_code, python_error};

/// Django's module that asks such classes.
const MODULE: &str = "django.contrib.auth.own_hashers";

/// Asks the classes of a project.
#[derive(Debug)]
struct ProjectHashers {
    site: Arc<PythonSite>,
}

/// What asks the hashers of passwords that are classes of the project of `site`.
#[expect(
    clippy::unnecessary_wraps,
    reason = "there is none in a djr without Python"
)]
pub(in crate::script) fn own_hashers(site: &Arc<PythonSite>) -> Option<Arc<dyn OwnHashers>> {
    Some(Arc::new(ProjectHashers {
        site: Arc::clone(site),
    }))
}

impl OwnHashers for ProjectHashers {
    fn algorithm(&self, class: &str) -> Option<String> {
        self.ask("algorithm", (class,)).ok()
    }

    fn encode(&self, class: &str, password: &str) -> Result<String, PasswordError> {
        let encoded = self.ask("encode", (class, password));
        encoded.map_err(|message| PasswordError::Class(class.to_owned(), message))
    }

    fn verify(&self, class: &str, password: &str, encoded: &str) -> Option<bool> {
        self.ask("verify", (class, password, encoded)).ok()
    }

    fn must_update(&self, class: &str, encoded: &str) -> bool {
        self.ask("must_update", (class, encoded)).unwrap_or(false)
    }

    fn harden_runtime(&self, class: &str, password: &str, encoded: &str) {
        // What it raises fails the page that is made.
        self.ask::<Option<bool>>("harden_runtime", (class, password, encoded))
            .ok();
    }
}

impl ProjectHashers {
    /// What `function` of Django's module answers; fails with what was raised, which the page that is made fails with, too.
    fn ask<T: TryFromObject>(
        &self,
        function: &str,
        arguments: impl IntoFuncArgs,
    ) -> Result<T, String> {
        enter(&self.site, |this, vm| {
            let asked = this.own(MODULE, function, vm);
            let answer = asked.and_then(|asked| asked.call(arguments, vm)?.try_into_value(vm));
            answer.map_err(|exception| failed(&exception, vm))
        })
    }
}

/// Has the page that is made fail for `exception`; what a command says.
fn failed(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    form_code::fail(python_error::http_error(exception, vm));
    python_error::one_line(exception, vm)
}
