//! `djr runserver`: serves the project.
//!
//! 1. The project is checked: an error outside of templates stops here, all else is shown.
//! 2. The address is bound and the site loaded; whatever can fail has failed by then.
//! 3. The ready line, then requests, until a signal.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;

use crate::apps::App;
use crate::checks::{self, CheckSelection, CheckedProject};
use crate::commands::lost_views::LostViews;
use crate::commands::{CommandError, GlobalArgs, check, server_log};
use crate::db::DatabaseAlias;
use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings};
use crate::http::UploadDirectory;
use crate::logging::{Console, ConsoleLine};
use crate::middleware::Application;
use crate::migrations;
use crate::project::{ProcessServices, Project};
use crate::server::{
    BindAddress, InvalidBindAddress, Listener, LoadedSite, LoadingThread, ReloadingService,
    ServerEvent, ServerLimits, Shutdown, ShutdownOutcome,
};
use crate::settings::LogLevel;
use crate::ui::{LogLine, LogStyle, Ui};
use crate::{script, server, text, views};

/// Serve the project over HTTP
///
/// The one server for development and production. With `debug = true` errors are shown in the browser,
/// changes show at the next request, and static files come from where they are; with `debug = false`
/// nothing is read again, and static files come from `[static] root` (see `djr collectstatic`).
/// SIGINT and SIGTERM let requests in flight finish; a second one does not.
#[derive(Args, Debug)]
pub(crate) struct RunServerArgs {
    /// Where to listen: PORT, ADDR:PORT, 0:PORT for every address, `[::1]:PORT` [default: 127.0.0.1:8000]
    #[arg(value_name = "ADDRPORT", env = "PORT", hide_env_values = true)]
    address: Option<String>,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &RunServerArgs) -> Result<(), CommandError> {
    let address = read_address(args.address.as_deref())?;
    let (directory, settings) = global.paths();
    let loading = loading_thread()?;
    let CheckedProject { project, report } = checked(&loading, directory, settings)?;
    if report.prevents_serving() {
        return Err(check::check_failed(ui, &report).into());
    }
    ui.findings(report.findings());
    refuse_without_hosts(&project)?;
    serve(ui, project, &address, loading)
}

/// The thread on which the project is checked and loaded, which [`serve`] makes a worker.
pub(crate) fn loading_thread() -> Result<LoadingThread, CommandError> {
    Ok(LoadingThread::start(worker_stack()).map_err(ServerError)?)
}

fn worker_stack() -> Option<usize> {
    Some(script::STACK_SIZE).filter(|_| script::IS_BUILT_IN)
}

/// The project in `directory`, with the file `settings` laid over its own, and what is wrong with it.
fn checked(
    loading: &LoadingThread,
    directory: Option<&Path>,
    settings: Option<&Path>,
) -> Result<CheckedProject, CommandError> {
    let (directory, settings) = (directory.map(Path::to_owned), settings.map(Path::to_owned));
    let check = move || {
        checks::run(
            directory.as_deref(),
            settings.as_deref(),
            &CheckSelection::default(),
        )
    };
    Ok(loading.run(check).map_err(ServerError)??)
}

/// Refuses a project that would answer every request with 400, as Django's `runserver` does.
pub(crate) fn refuse_without_hosts(project: &Project) -> Result<(), CommandError> {
    let settings = &project.settings.project;
    if settings.debug || !settings.allowed_hosts.is_empty() {
        return Ok(());
    }
    let message =
        "`allowed_hosts` is empty and `debug` is off: the site would answer to no host name";
    let mut finding = Finding::error("no-allowed-hosts", message);
    finding.location = project.settings.location("project.allowed_hosts");
    let finding = finding.hint(
        "list the names of the site, `allowed_hosts = [\"example.com\"]`, or set \
         DJR_PROJECT__ALLOWED_HOSTS=example.com where it runs",
    );
    Err(Findings::from(finding).into())
}

/// The address that `text` names, or the default one.
///
/// An empty one is that of `PORT=` in an environment, which means the same as no `PORT`.
pub(crate) fn read_address(text: Option<&str>) -> Result<BindAddress, ListenAddressError> {
    let text = text.filter(|text| !text.is_empty());
    let address = text.map(str::parse).transpose();
    let wrong = |reason| ListenAddressError {
        text: text.unwrap_or_default().to_owned(),
        reason,
    };
    address.map_err(wrong).map(Option::unwrap_or_default)
}

/// Serves `project` at `address` until a signal comes; it is loaded on the thread `loading`, which answers requests then.
pub(crate) fn serve(
    ui: &Ui,
    project: Project,
    address: &BindAddress,
    loading: LoadingThread,
) -> Result<(), CommandError> {
    let listener = Listener::bind(address)?;
    let mut limits = ServerLimits::from(&project.settings.server);
    limits.worker_stack = worker_stack();
    let shutdown = Shutdown::on_signals();
    let lost_views = LostViews::watch(&limits, &shutdown);
    let settings = project.settings.clone();
    let ready = Ready {
        project: project.settings.project.name.clone(),
        url: listener.url(),
        everywhere: listener.is_reachable_everywhere(),
        debug: project.settings.project.debug,
    };
    warn_of_migrations(ui, &project);
    warn_of_static_root(ui, &project);
    let services = ProcessServices::new(console(ui));
    let logging = services.logging.clone();
    let background = services.background.clone();
    let shutdown_timeout = limits.shutdown_timeout;
    let uploads = UploadDirectory::open(project.upload_directory());
    let of_site = ui.clone();
    let load = move || service(project, &of_site, services);
    let service = Arc::new(loading.run(load).map_err(ServerError)??);
    limits.loading_thread = Some(loading);
    logging
        .get()
        .map_or(Ok(()), |logging| logging.open_files(&settings))?;
    ui.result(&ready)?;
    let log_events = move |events: Vec<ServerEvent>| {
        if let Some(logging) = logging.get() {
            server_log::log_events(&logging, events);
        }
    };
    let outcome = server::serve(listener, service, limits, uploads, &shutdown, log_events);
    if !background.wait(shutdown_timeout) {
        ui.warn("some mail was not sent before the server stopped", &[]);
    }
    match outcome.map_err(ServerError)? {
        ShutdownOutcome::Complete => ui.status("stopped"),
        ShutdownOutcome::CutOff { connections } => {
            let message = format!(
                "stopped; {} cut off",
                text::count(connections, "connection")
            );
            ui.warn(message, &[]);
        }
    }
    Ok(lost_views.check()?)
}

/// The service of `project`, which is loaded again when its files change.
fn service(
    project: Project,
    ui: &Ui,
    services: ProcessServices,
) -> Result<ReloadingService<Application>, Findings> {
    let (terminal, reader) = (ui.clone(), ui.clone());
    // The check has shown the findings of the first time.
    let (first, _) = load(&project, services.clone())?;
    let load = move || {
        let (site, findings) = load(&project.reopen()?, services.clone())?;
        reader.findings(&findings);
        Ok(site)
    };
    let on_reload = move |findings: Option<&Findings>| match findings {
        None => terminal.status("files changed: the project was read again"),
        Some(findings) => {
            terminal.status("files changed: the project cannot be used until this is mended");
            terminal.findings(findings.findings());
        }
    };
    Ok(ReloadingService::new(
        first,
        load,
        views::findings_page,
        on_reload,
    ))
}

/// The site of `project`, and what is wrong with it although it works.
fn load(
    project: &Project,
    services: ProcessServices,
) -> Result<(LoadedSite<Application>, Vec<Finding>), Findings> {
    let debug = project.settings.project.debug;
    let watched = debug.then(|| project.sources());
    let mask = |finding| project.settings.mask(finding);
    let checked = project.application(services);
    let checked = checked.map_err(|findings| findings.map(mask))?;
    let site = LoadedSite {
        service: checked.application,
        watched,
    };
    let findings = checked.findings.into_iter().map(mask);
    Ok((site, findings.collect()))
}

/// The console of the log: the terminal.
pub(crate) fn console(ui: &Ui) -> Console {
    let terminal = ui.clone();
    Console::new(ui.is_json(), move |lines| {
        let lines = lines.iter().map(|line| LogLine {
            style: log_style(line),
            text: line.text.clone(),
        });
        terminal.log(&lines.collect::<Vec<_>>());
    })
}

fn log_style(line: &ConsoleLine) -> LogStyle {
    match (line.status, line.level) {
        (_, LogLevel::Error | LogLevel::Critical) => LogStyle::Failure,
        (_, LogLevel::Warning) => LogStyle::Warning,
        (Some(300..400), _) => LogStyle::Notice,
        _ => LogStyle::Plain,
    }
}

/// Warns of migrations that are not applied. A database that cannot be read is reported by the first page that needs it.
fn warn_of_migrations(ui: &Ui, project: &Project) {
    let Ok(database) = project.database(&DatabaseAlias::default()) else {
        return;
    };
    let has_migrations = |app: &App| app.list("migrations").is_ok_and(|names| !names.is_empty());
    let message = match database.open_read_only() {
        Ok(None) if project.apps.iter().any(has_migrations) => {
            "there is no database yet".to_owned()
        }
        Ok(Some(connection)) => {
            match migrations::unapplied_migrations(&project.apps, &connection) {
                Ok(unapplied) if !unapplied.is_empty() => {
                    let verb = if unapplied.len() == 1 { "is" } else { "are" };
                    let count = text::count(unapplied.len(), "migration");
                    format!("{count} {verb} not applied")
                }
                _ => return,
            }
        }
        _ => return,
    };
    let hint = "`djr migrate` brings it up to date; until then pages may fail".to_owned();
    ui.warn(message, &[hint]);
}

fn warn_of_static_root(ui: &Ui, project: &Project) {
    if project.settings.static_files.is_external() {
        return;
    }
    let root = project.path(&project.settings.static_files.root);
    let serves = project.apps.get("staticfiles").is_some() && !project.settings.project.debug;
    if serves && !root.is_dir() {
        let hint = "`djr collectstatic` fills it".to_owned();
        let message = format!("there are no static files: `{}` is missing", root.display());
        ui.warn(message, &[hint]);
    }
}

/// What is served, and where.
#[derive(Debug, Serialize)]
struct Ready {
    project: String,
    url: String,
    #[serde(skip)]
    everywhere: bool,
    debug: bool,
}

impl fmt::Display for Ready {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is served at {}", self.project, self.url)?;
        if self.everywhere {
            f.write_str(" and at every other address of this machine")?;
        }
        let debug = if self.debug {
            "with debug"
        } else {
            "without debug"
        };
        write!(f, " ({debug}; Ctrl-C stops)")
    }
}

/// The command line does not name an address to listen at.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen at `{text}`: {reason}")]
pub(crate) struct ListenAddressError {
    text: String,
    reason: InvalidBindAddress,
}

impl Diagnostic for ListenAddressError {
    fn code(&self) -> &'static str {
        "bad-address"
    }

    fn exit_code(&self) -> ExitCode {
        ExitCode::Usage
    }
}

/// The server could not run.
#[derive(Debug, thiserror::Error)]
#[error("the server cannot run")]
struct ServerError(#[source] std::io::Error);

impl Diagnostic for ServerError {}

#[cfg(test)]
mod tests {
    use super::read_address;

    #[test]
    fn an_empty_port_of_an_environment_is_none() {
        let default = read_address(None).unwrap();
        assert_eq!(read_address(Some("")).unwrap(), default);
        assert_ne!(read_address(Some("80")).unwrap(), default);
        assert!(read_address(Some(" ")).is_err());
    }
}
