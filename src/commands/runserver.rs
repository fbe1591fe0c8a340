//! `djr runserver`: serves the project.
//!
//! 1. The project is checked: what is wrong stops here, what is only odd is told.
//! 2. The port is taken; whatever can fail has failed by then.
//! 3. The ready line, then requests, until a signal.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use crate::apps::App;
use crate::auth::{Throttle, UserTable};
use crate::checks::{self, CheckSelection};
use crate::commands::{CommandError, GlobalArgs, check};
use crate::db::{Database, DatabaseAlias};
use crate::diagnostic::{Diagnostic, ExitCode, Finding, Findings, Severity};
use crate::mail::Mailer;
use crate::middleware::{Application, Parts};
use crate::migrations;
use crate::project::Project;
use crate::server::{
    AccessLog, AccessRecord, BindAddress, InvalidBindAddress, Listener, LoadedSite,
    ReloadingService, ServerEvent, ServerLimits, Shutdown, ShutdownOutcome,
};
use crate::staticfiles::{Finders, StaticFiles, StaticSource};
use crate::ui::{LogLine, LogStyle, Ui};
use crate::views::{self, BackgroundTasks, Log, Record};
use crate::{server, text};

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
    let report = checks::run(directory, settings, &CheckSelection::default())?;
    if report.reaches(Severity::Error) {
        return Err(check::check_failed(ui, &report).into());
    }
    ui.findings(report.findings());
    serve(ui, &global.project()?, &address)
}

/// The address that `text` names, or the default one.
pub(crate) fn read_address(text: Option<&str>) -> Result<BindAddress, ListenAddressError> {
    let address = text.map(str::parse).transpose();
    let wrong = |reason| ListenAddressError {
        text: text.unwrap_or_default().to_owned(),
        reason,
    };
    address.map_err(wrong).map(Option::unwrap_or_default)
}

/// Serves `project` at `address` until a signal comes.
pub(crate) fn serve(ui: &Ui, project: &Project, address: &BindAddress) -> Result<(), CommandError> {
    let listener = Listener::bind(address)?;
    let limits = ServerLimits::from(&project.settings.server);
    let zone = project.settings.project.time_zone.clone();
    let ready = Ready {
        project: project.settings.project.name.clone(),
        url: listener.url(),
        everywhere: listener.is_reachable_everywhere(),
        debug: project.settings.project.debug,
    };
    warn_of_migrations(ui, project);
    warn_of_static_root(ui, project);
    let background = BackgroundTasks::default();
    let service = Arc::new(service(ui, project, &background)?);
    ui.result(&ready)?;
    let mut log = AccessLog::new(zone);
    let terminal = ui.clone();
    let log_events = move |events: Vec<ServerEvent>| {
        let lines: Vec<_> = events.iter().map(|event| line(&mut log, event)).collect();
        terminal.log(&lines);
    };
    let ending = server::serve(
        listener,
        service,
        limits,
        &Shutdown::on_signals(),
        log_events,
    );
    if !background.wait(project.settings.server.shutdown_timeout) {
        ui.warn("some mail was not sent before the server stopped", &[]);
    }
    match ending.map_err(ServerError)? {
        ShutdownOutcome::Complete => ui.status("stopped"),
        ShutdownOutcome::CutOff { connections } => {
            let message = format!(
                "stopped; {} cut off",
                text::count(connections, "connection")
            );
            ui.warn(message, &[]);
        }
    }
    Ok(())
}

/// The service that is loaded again when the files of `project` change.
fn service(
    ui: &Ui,
    project: &Project,
    background: &BackgroundTasks,
) -> Result<ReloadingService<Application>, Findings> {
    let (project, background) = (project.reopen()?, background.clone());
    let (terminal, reader) = (ui.clone(), ui.clone());
    let throttle: Arc<Throttle> = Arc::default();
    // The check has shown the warnings of the first time.
    let (first, _) = load(ui, project.reopen()?, &background, &throttle)?;
    let load = move || {
        let (site, warnings) = load(&reader, project.reopen()?, &background, &throttle)?;
        reader.findings(&warnings);
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

/// The site as the files of `project` are now, and warnings about it.
fn load(
    ui: &Ui,
    project: Project,
    background: &BackgroundTasks,
    throttle: &Arc<Throttle>,
) -> Result<(LoadedSite<Application>, Vec<Finding>), Findings> {
    let debug = project.settings.project.debug;
    let watched = debug.then(|| project.sources());
    let terminal = ui.clone();
    let log = Log::new(move |Record { severity, message }| {
        terminal.log(&[record_line(severity, message)]);
    });
    let parts = Parts {
        databases: databases(&project),
        users: users(&project)?,
        mailer: Mailer::new(&project.settings.mail, &project.root),
        background: background.clone(),
        throttle: Arc::clone(throttle),
        static_files: static_files(&project),
        root: project.root,
        settings: project.settings,
        apps: project.apps,
        log,
    };
    let application = Application::new(parts)?;
    let warnings = application.warnings().to_vec();
    let site = LoadedSite {
        service: application,
        watched,
    };
    Ok((site, warnings))
}

/// The table of the users; a site without the app of the user model asks for none.
fn users(project: &Project) -> Result<UserTable, Findings> {
    let model = project.user_model()?;
    match project.apps.get(&model.app_label) {
        Some(_) => project.user_table(),
        None => Ok(UserTable::new("", "")),
    }
}

fn databases(project: &Project) -> BTreeMap<DatabaseAlias, Database> {
    let aliases = project.settings.databases.keys();
    let aliases = aliases.map(DatabaseAlias::new);
    let named = aliases.filter_map(|alias| Some((project.database(&alias).ok()?, alias)));
    named.map(|(database, alias)| (alias, database)).collect()
}

/// The static files of a project that has the app for them.
fn static_files(project: &Project) -> Option<StaticFiles> {
    project.apps.get("staticfiles")?;
    let settings = &project.settings.static_files;
    let source = if project.settings.project.debug {
        let directories: Vec<PathBuf> = settings.dirs.iter().map(|dir| project.path(dir)).collect();
        StaticSource::Finders(Finders::new(&directories, &project.apps))
    } else {
        StaticSource::Root(project.path(&settings.root))
    };
    let nosniff = project.settings.security.content_type_nosniff;
    Some(StaticFiles::new(&settings.url, source, nosniff))
}

/// A database that cannot be read is told by the first page that needs it.
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
    let root = project.path(&project.settings.static_files.root);
    let serves = project.apps.get("staticfiles").is_some() && !project.settings.project.debug;
    if serves && !root.is_dir() {
        let hint = "`djr collectstatic` fills it".to_owned();
        let message = format!("there are no static files: `{}` is missing", root.display());
        ui.warn(message, &[hint]);
    }
}

fn line(log: &mut AccessLog, event: &ServerEvent) -> LogLine {
    let (style, json) = match event {
        ServerEvent::Access(access) => (log_style(access.status), access_json(access)),
        ServerEvent::Refused { status, reason, .. } => (
            LogStyle::Warning,
            json!({ "status": status, "reason": reason }),
        ),
        other => (LogStyle::Failure, json!({ "error": log.line(other) })),
    };
    LogLine {
        style,
        text: log.line(event),
        json,
    }
}

fn access_json(access: &AccessRecord) -> serde_json::Value {
    json!({
        "time": access.time.to_rfc3339(),
        "method": access.method,
        "target": access.target,
        "status": access.status,
        "size": access.size,
        "milliseconds": access.duration.as_millis(),
    })
}

fn log_style(status: u16) -> LogStyle {
    match status {
        0..300 => LogStyle::Plain,
        300..400 => LogStyle::Notice,
        400..500 => LogStyle::Warning,
        _ => LogStyle::Failure,
    }
}

fn record_line(severity: Severity, message: String) -> LogLine {
    let style = match severity {
        Severity::Warning => LogStyle::Warning,
        Severity::Error => LogStyle::Failure,
    };
    let json = json!({ "severity": severity.name(), "message": message });
    LogLine {
        style,
        text: message,
        json,
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

/// The command line does not name an address.
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
