//! The module `_djr_services`: what Django's modules ask of the services of the site.

pub(in crate::script::engine) use _djr_services::module_def;

#[rustpython_vm::pymodule]
mod _djr_services {
    use rustpython_vm::builtins::{PyDictRef, PyTypeRef};
    use rustpython_vm::class::PyClassImpl as _;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use crate::script::engine::native::page_text;
    use crate::script::engine::services::cache_store::CacheStore;
    use crate::script::engine::services::session_store::StoredSessions;
    use crate::script::engine::services::site_state::state;
    use crate::script::engine::services::{mail, passwords};

    #[pyattr(name = "Cache")]
    fn cache_type(_vm: &VirtualMachine) -> PyTypeRef {
        CacheStore::make_static_type()
    }

    #[pyattr(name = "SessionStore")]
    fn session_store_type(_vm: &VirtualMachine) -> PyTypeRef {
        StoredSessions::make_static_type()
    }

    /// The stored form of a password.
    #[pyfunction]
    fn make_password(
        password: PyObjectRef,
        hasher: Option<String>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        passwords::make_password(&password, hasher.as_deref(), vm)
    }

    /// Whether that is the password, and whether its stored form is out of date.
    #[pyfunction]
    fn check_password(
        password: PyObjectRef,
        encoded: String,
        vm: &VirtualMachine,
    ) -> PyResult<(bool, bool)> {
        passwords::check_password(&password, &encoded, vm)
    }

    /// The algorithms of the settings, that of new passwords first.
    #[pyfunction]
    fn password_algorithms(vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let state = state(vm)?;
        let algorithms = state.hashers.algorithms();
        Ok(algorithms.map(|name| vm.ctx.new_str(name).into()).collect())
    }

    /// Whether the stored form of a password is of another kind or cost than new ones.
    #[pyfunction]
    fn is_password_outdated(encoded: String, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(state(vm)?.hashers.is_outdated(&encoded))
    }

    /// What is wrong with a password: sentences with their codes. With the name of a rule and its options, by that one alone.
    #[pyfunction]
    fn password_errors(
        password: String,
        attributes: PyDictRef,
        rule: OptionalArg<String>,
        options: OptionalArg<PyDictRef>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let validators = passwords::validators(rule.into_option().zip(options.into_option()), vm)?;
        let errors = passwords::password_errors(&validators, &password, &attributes, vm)?;
        Ok(passwords::pairs(errors, vm))
    }

    /// What a new password must be; with the name of a rule and its options, by that one alone.
    #[pyfunction]
    fn password_help_texts(
        rule: OptionalArg<String>,
        options: OptionalArg<PyDictRef>,
        vm: &VirtualMachine,
    ) -> PyResult<Vec<PyObjectRef>> {
        let validators = passwords::validators(rule.into_option().zip(options.into_option()), vm)?;
        let texts = validators.help_of_built_in().into_iter();
        Ok(texts.map(|text| vm.ctx.new_str(text).into()).collect())
    }

    /// How many of these mails were sent.
    #[pyfunction]
    fn send_mail(
        mails: Vec<PyObjectRef>,
        options: PyDictRef,
        vm: &VirtualMachine,
    ) -> PyResult<usize> {
        mail::send(&mails, &options, vm)
    }

    /// The address of a static file.
    #[pyfunction(name = "static")]
    fn static_url(path: String, vm: &VirtualMachine) -> PyResult<String> {
        Ok(state(vm)?.templates.static_url(&path))
    }

    /// What the template that is written in `source` shows.
    #[pyfunction]
    fn render_text(
        source: String,
        context: PyObjectRef,
        asked: OptionalArg<PyObjectRef>,
        vm: &VirtualMachine,
    ) -> PyResult<String> {
        page_text(&source, &context, asked.into_option(), vm)
    }
}
