//! Passwords: as many are hashed at once as for djr's own pages.

use rustpython_vm::builtins::{PyBytes, PyDictRef, PyStr};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::auth::{Hashers, PasswordError, PasswordValidators, UserAttributes};
use crate::diagnostic::Diagnostic as _;
use crate::script::engine::interpreter::ThreadInterpreter;
use crate::script::engine::python_error;
use crate::script::engine::services::site_state::state;

/// The stored form of `password`, by the hasher of this algorithm or that of new passwords.
pub(super) fn make_password(
    password: &PyObject,
    hasher: Option<&str>,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let password = text(password, vm)?;
    let made = hashing(vm, |hashers| match hasher {
        Some(algorithm) => hashers.make_password_by(algorithm, &password),
        None => hashers.make_password(&password),
    })?;
    made.map_err(|error| {
        let hints = error.hints().join("; ");
        let message = match error {
            PasswordError::UnknownHasher(name) => {
                format!("`[auth] password_hashers` does not name `{name}`")
            }
            error => format!("{error}; {hints}"),
        };
        vm.new_value_error(message)
    })
}

/// Whether `encoded` was made of `password`, and whether it is of another kind or cost than new ones.
pub(super) fn check_password(
    password: &PyObject,
    encoded: &str,
    vm: &VirtualMachine,
) -> PyResult<(bool, bool)> {
    let password = text(password, vm)?;
    let check = hashing(vm, |hashers| hashers.verify(&password, encoded))?;
    Ok((check.correct, check.must_update))
}

/// The name of one of djr's validators, and its options under Django's names.
type PasswordRule = (String, PyDictRef);

/// djr's validators: those of the settings, or the one of a rule.
pub(super) fn validators(
    rule: Option<PasswordRule>,
    vm: &VirtualMachine,
) -> PyResult<PasswordValidators> {
    let this = ThreadInterpreter::current();
    let Some(((name, options), this)) = rule.zip(this) else {
        return Ok(state(vm)?.validators.clone());
    };
    let mut settings = this.site().settings.clone();
    let auth = &mut settings.auth;
    auth.password_validators = vec![name];
    if let Some(length) = options.get_item_opt("min_length", vm)? {
        auth.password_min_length = length.try_into_value(vm)?;
    }
    if let Some(names) = options.get_item_opt("user_attributes", vm)? {
        let names: Vec<PyObjectRef> = names.try_to_value(vm)?;
        let names = names.iter().map(|name| python_error::text(name, vm));
        auth.password_similarity_attributes = names.collect();
    }
    if let Some(share) = options.get_item_opt("max_similarity", vm)? {
        auth.password_max_similarity = share.try_into_value(vm)?;
    }
    let made = PasswordValidators::from_settings(&settings);
    made.map_err(|findings| vm.new_value_error(findings.to_string()))
}

/// What is wrong with `password` as that of a user with these attributes: the sentence and Django's code of each.
pub(super) fn password_errors(
    validators: &PasswordValidators,
    password: &str,
    attributes: &PyDictRef,
    vm: &VirtualMachine,
) -> PyResult<Vec<(String, &'static str)>> {
    let attribute = |name: &str| -> PyResult<String> {
        let value = attributes.get_item_opt(name, vm)?;
        Ok(value.map_or_else(String::new, |value| python_error::text(&value, vm)))
    };
    let (username, first_name) = (attribute("username")?, attribute("first_name")?);
    let (last_name, email) = (attribute("last_name")?, attribute("email")?);
    let person = UserAttributes {
        username: &username,
        first_name: &first_name,
        last_name: &last_name,
        email: &email,
    };
    let problems = validators.validate_built_in(password, &person).into_iter();
    Ok(problems
        .map(|problem| (problem.sentence(), problem.code()))
        .collect())
}

fn hashing<T>(vm: &VirtualMachine, work: impl FnOnce(&Hashers) -> T) -> PyResult<T> {
    let done = state(vm)?.hashing(work);
    done.map_err(|error| python_error::raise(error, vm))
}

fn text(password: &PyObject, vm: &VirtualMachine) -> PyResult<String> {
    if let Some(text) = password.downcast_ref::<PyStr>() {
        let text = text.to_str().map(ToOwned::to_owned);
        return text.ok_or_else(|| vm.new_value_error("a password cannot hold half a character"));
    }
    let bytes = password.downcast_ref::<PyBytes>();
    let text = bytes.and_then(|bytes| String::from_utf8(bytes.as_bytes().to_vec()).ok());
    text.ok_or_else(|| vm.new_value_error("a password in bytes must be UTF-8"))
}

/// A list of pairs of texts.
pub(super) fn pairs(pairs: Vec<(String, &'static str)>, vm: &VirtualMachine) -> PyObjectRef {
    let tuples = pairs.into_iter().map(|(sentence, code)| {
        let parts = vec![vm.ctx.new_str(sentence).into(), vm.ctx.new_str(code).into()];
        vm.ctx.new_tuple(parts).into()
    });
    vm.ctx.new_list(tuples.collect()).into()
}
