//! The module `_djr_commands`: what a command, the shell and tests ask of djr.

pub(in crate::script::engine) use _djr_commands::module_def;

#[rustpython_vm::pymodule]
mod _djr_commands {
    use std::sync::Arc;

    use rustpython_vm::builtins::{PyBytesRef, PyDictRef};
    use rustpython_vm::{PyObjectRef, PyPayload as _, PyResult, VirtualMachine};

    use crate::script::engine::commands::requests::{self, SentRequest};
    use crate::script::engine::interpreter::ThreadInterpreter;
    use crate::script::engine::page_names::PageNames;
    use crate::script::engine::{response, services};
    use crate::script::{CommandHost, PythonSite, TypedLine, own_commands};
    use crate::settings::django_paths;
    use crate::views;

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

    /// The path of each setting in `djr.toml` that Django has under a name of its own.
    #[pyfunction]
    fn setting_paths(vm: &VirtualMachine) -> PyResult<PyDictRef> {
        let paths = vm.ctx.new_dict();
        for (name, path) in django_paths() {
            paths.set_item(name, vm.ctx.new_str(path).into(), vm)?;
        }
        Ok(paths)
    }

    /// Lays settings, as TOML, and a file of urls, unless that is empty, over those of the project.
    #[pyfunction]
    fn override_settings(settings: String, urls: String, vm: &VirtualMachine) -> PyResult<()> {
        let overridden = host(vm)?.override_settings(settings, urls);
        overridden.map_err(|findings| requests::told(findings, vm))
    }

    /// Has the factories of middleware make it anew for the next request.
    #[pyfunction]
    fn forget_middleware() {
        if let Some(this) = ThreadInterpreter::current() {
            this.forget_middleware();
        }
    }

    /// Says whether the pages that are rendered are noted.
    #[pyfunction]
    fn note_pages(is_noting: bool) {
        views::note_pages(is_noting);
    }

    /// The pages that were noted since this was last asked: the names of templates, and what the page knew.
    #[pyfunction]
    fn noted_pages(vm: &VirtualMachine) -> PyObjectRef {
        let pages = views::take_noted_pages().into_iter().map(|page| {
            let names = page.templates.into_iter();
            let names = names.map(|name| vm.ctx.new_str(name).into()).collect();
            let known = PageNames::of(page.context).into_ref(&vm.ctx);
            let parts = vec![vm.ctx.new_list(names).into(), known.into()];
            vm.ctx.new_tuple(parts).into()
        });
        vm.ctx.new_list(pages.collect()).into()
    }

    /// The mail that the site has sent since this was last asked.
    #[pyfunction]
    fn take_mail(vm: &VirtualMachine) -> PyResult {
        let mail = host(vm)?.take_mail();
        let mail = mail.iter().map(|message| services::mail_facts(message, vm));
        Ok(vm.ctx.new_list(mail.collect::<PyResult<_>>()?).into())
    }

    /// Serves the site to everyone on this computer; returns the port.
    #[pyfunction]
    fn serve(vm: &VirtualMachine) -> PyResult<u16> {
        host(vm)?
            .serve()
            .map_err(|findings| requests::told(findings, vm))
    }

    /// Ends what `serve` began.
    #[pyfunction]
    fn stop_serving(vm: &VirtualMachine) -> PyResult<()> {
        host(vm)?.stop_serving();
        Ok(())
    }

    /// Starts another djr of this project with these words; returns its number.
    #[pyfunction]
    fn start_process(words: Vec<String>, vm: &VirtualMachine) -> PyResult<usize> {
        let started = host(vm)?.start_process(&words);
        started.map_err(|error| vm.new_runtime_error(format!("cannot start a process: {error}")))
    }

    /// The exit code of the process of this number; `None` while it runs.
    #[pyfunction]
    fn ended_process(number: usize, vm: &VirtualMachine) -> PyResult<Option<i32>> {
        Ok(host(vm)?.ended_process(number))
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
