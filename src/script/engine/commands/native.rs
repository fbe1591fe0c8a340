//! The module `_djr_commands`: what a command, the shell and tests ask of djr.

pub(in crate::script::engine) use _djr_commands::module_def;

#[rustpython_vm::pymodule]
mod _djr_commands {
    use std::sync::Arc;

    use rustpython_vm::builtins::PyBytesRef;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use crate::script::engine::commands::requests::{self, SentRequest};
    use crate::script::engine::interpreter::ThreadInterpreter;
    use crate::script::engine::response;
    use crate::script::{CommandHost, PythonSite, TypedLine, own_commands};

    fn site(vm: &VirtualMachine) -> PyResult<Arc<PythonSite>> {
        let this = ThreadInterpreter::current();
        this.map(ThreadInterpreter::site)
            .ok_or_else(|| vm.new_runtime_error("no interpreter runs"))
    }

    fn host(vm: &VirtualMachine) -> PyResult<Arc<dyn CommandHost>> {
        let host = site(vm)?.host().cloned();
        host.ok_or_else(|| {
            vm.new_runtime_error("only what a command runs can ask for this, and not a server")
        })
    }

    /// Whether a command runs this, and not a server.
    #[pyfunction]
    fn is_command(vm: &VirtualMachine) -> PyResult<bool> {
        Ok(site(vm)?.host().is_some())
    }

    /// The next line of a person; `None` at the end.
    #[pyfunction]
    fn read_line(prompt: String, vm: &VirtualMachine) -> PyResult<Option<String>> {
        let typed = host(vm)?.read_line(&prompt);
        match typed.map_err(|error| vm.new_runtime_error(error.to_string()))? {
            TypedLine::Text(line) => Ok(Some(line)),
            TypedLine::End => Ok(None),
            TypedLine::Interrupted => {
                let class = vm.ctx.exceptions.keyboard_interrupt.to_owned();
                Err(vm.new_exception_empty(class))
            }
        }
    }

    /// Name and app of each command of the project.
    #[pyfunction]
    fn own(vm: &VirtualMachine) -> PyResult {
        let commands = own_commands(site(vm)?.apps());
        let pairs = commands.into_iter().map(|command| -> PyObjectRef {
            let parts = [command.name, command.app];
            let parts = parts.map(|part| vm.ctx.new_str(part).into());
            vm.ctx.new_tuple(parts.into()).into()
        });
        Ok(vm.ctx.new_list(pairs.collect()).into())
    }

    /// The names of djr's own commands.
    #[pyfunction]
    fn native_commands(vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
        let names = host(vm)?.native_commands().into_iter();
        Ok(names.map(|name| vm.ctx.new_str(name).into()).collect())
    }

    /// Runs one of djr's own commands: exit code, message of its error or `None`, what it printed and what it told.
    #[pyfunction]
    fn run_native(words: Vec<String>, captures: bool, vm: &VirtualMachine) -> PyResult {
        let outcome = host(vm)?.run_native(&words, captures);
        let text = |text: String| -> PyObjectRef { vm.ctx.new_str(text).into() };
        let parts = vec![
            vm.ctx.new_int(outcome.code).into(),
            outcome.error.map_or_else(|| vm.ctx.none(), text),
            text(outcome.stdout),
            text(outcome.stderr),
        ];
        Ok(vm.ctx.new_tuple(parts).into())
    }

    /// What the checks of `tags` find: whether it is an error, and a line for each.
    #[pyfunction]
    fn check(tags: Vec<String>, vm: &VirtualMachine) -> PyResult {
        let findings = host(vm)?.check(&tags).into_iter().map(|finding| {
            let is_error = finding.severity == crate::diagnostic::Severity::Error;
            let place = finding.location.as_ref();
            let place = place.map_or_else(String::new, |place| format!("{place}: "));
            let hints = finding.hints.iter().map(|hint| format!("\n\thint: {hint}"));
            let line = format!("{place}{}{}", finding.message, hints.collect::<String>());
            let parts = vec![
                vm.ctx.new_bool(is_error).into(),
                vm.ctx.new_str(line).into(),
            ];
            vm.ctx.new_tuple(parts).into()
        });
        Ok(vm.ctx.new_list(findings.collect()).into())
    }

    /// The response of the site to a request that nobody sent: status, headers, body, and what a view raised.
    #[pyfunction]
    fn respond(
        method: String,
        target: String,
        headers: Vec<PyObjectRef>,
        body: PyBytesRef,
        is_secure: bool,
        vm: &VirtualMachine,
    ) -> PyResult {
        let application = requests::application(&*site(vm)?, vm)?;
        let headers = headers.iter().map(|pair| response::header(pair, vm));
        let headers = headers.collect::<PyResult<_>>()?;
        let sent = SentRequest {
            method,
            target,
            headers,
            body: body.as_bytes().to_vec(),
            is_secure,
        };
        requests::respond(&application, sent, vm)
    }
}
