//! The command line as clap sees it, and what runs for each command.

mod completion;
mod help_groups;
mod own_command;
mod pointers;
mod usage;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::commands::{self, CommandError, GlobalArgs, NativeCommands, with_unapplied_migrations};
use crate::ui::Ui;

use self::usage::UsageError;

/// What `djr --version` prints.
const VERSION: &str = concat!("djr ", env!("CARGO_PKG_VERSION"));

/// Django's batteries in one binary
#[derive(Debug, Parser)]
#[command(name = "djr", version, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Startproject(commands::startproject::StartProjectArgs),
    Startapp(commands::startapp::StartAppArgs),
    Update(commands::update::UpdateArgs),
    Destroy(commands::destroy::DestroyArgs),
    Up(commands::up::UpArgs),
    Check(commands::check::CheckArgs),
    Runserver(commands::runserver::RunServerArgs),
    Makemigrations(commands::makemigrations::MakeMigrationsArgs),
    Migrate(commands::migrate::MigrateArgs),
    Undo(commands::undo::UndoArgs),
    Showmigrations(commands::showmigrations::ShowMigrationsArgs),
    Sqlmigrate(commands::sqlmigrate::SqlMigrateArgs),
    Squashmigrations(commands::squashmigrations::SquashMigrationsArgs),
    Optimizemigration(commands::optimizemigration::OptimizeMigrationArgs),
    Dumpdata(commands::dumpdata::DumpDataArgs),
    Loaddata(commands::loaddata::LoadDataArgs),
    Flush(commands::flush::FlushArgs),
    Inspectdb(commands::inspectdb::InspectDbArgs),
    Dbshell(commands::dbshell::DbShellArgs),
    Shell(commands::shell::ShellArgs),
    Test(commands::test::TestArgs),
    Createsuperuser(commands::createsuperuser::CreateSuperuserArgs),
    Changepassword(commands::changepassword::ChangePasswordArgs),
    Ensure(commands::ensure::EnsureArgs),
    Users(commands::users::UsersArgs),
    Groups(commands::groups::GroupsArgs),
    Permissions(commands::permissions::PermissionsArgs),
    Sessions(commands::sessions::SessionsArgs),
    Cache(commands::cache::CacheArgs),
    Createcachetable(commands::createcachetable::CreateCacheTableArgs),
    Clearsessions(commands::clearsessions::ClearSessionsArgs),
    Maintain(commands::maintain::MaintainArgs),
    #[command(name = "remove_stale_contenttypes")]
    RemoveStaleContenttypes(commands::remove_stale_contenttypes::RemoveStaleContentTypesArgs),
    Diffsettings(commands::diffsettings::DiffSettingsArgs),
    Collectstatic(commands::collectstatic::CollectStaticArgs),
    Findstatic(commands::findstatic::FindStaticArgs),
    Media(commands::media::MediaArgs),
    Sendtestemail(commands::sendtestemail::SendTestEmailArgs),
}

impl Command {
    fn run(&self, ui: &Ui, global: &GlobalArgs) -> Result<(), CommandError> {
        match self {
            Self::Startproject(args) => commands::startproject::run(ui, global, args),
            Self::Startapp(args) => commands::startapp::run(ui, global, args),
            Self::Update(args) => commands::update::run(ui, global, args),
            Self::Destroy(args) => commands::destroy::run(ui, global, args),
            Self::Up(args) => commands::up::run(ui, global, args),
            Self::Check(args) => commands::check::run(ui, global, args),
            Self::Runserver(args) => commands::runserver::run(ui, global, args),
            Self::Makemigrations(args) => commands::makemigrations::run(ui, global, args),
            Self::Migrate(args) => commands::migrate::run(ui, global, args),
            Self::Undo(args) => commands::undo::run(ui, global, args),
            Self::Showmigrations(args) => commands::showmigrations::run(ui, global, args),
            Self::Sqlmigrate(args) => commands::sqlmigrate::run(ui, global, args),
            Self::Squashmigrations(args) => commands::squashmigrations::run(ui, global, args),
            Self::Optimizemigration(args) => commands::optimizemigration::run(ui, global, args),
            Self::Dumpdata(args) => commands::dumpdata::run(ui, global, args),
            Self::Loaddata(args) => commands::loaddata::run(ui, global, args),
            Self::Flush(args) => commands::flush::run(ui, global, args),
            Self::Inspectdb(args) => commands::inspectdb::run(ui, global, args),
            Self::Dbshell(args) => commands::dbshell::run(ui, global, args),
            Self::Shell(args) => commands::shell::run(ui, global, args),
            Self::Test(args) => commands::test::run(ui, global, args),
            Self::Createsuperuser(args) => commands::createsuperuser::run(ui, global, args),
            Self::Changepassword(args) => commands::changepassword::run(ui, global, args),
            Self::Ensure(args) => commands::ensure::run(ui, global, args),
            Self::Users(args) => commands::users::run(ui, global, args),
            Self::Groups(args) => commands::groups::run(ui, global, args),
            Self::Permissions(args) => commands::permissions::run(ui, global, args),
            Self::Sessions(args) => commands::sessions::run(ui, global, args),
            Self::Cache(args) => commands::cache::run(ui, global, args),
            Self::Createcachetable(args) => commands::createcachetable::run(ui, global, args),
            Self::Clearsessions(args) => commands::clearsessions::run(ui, global, args),
            Self::Maintain(args) => commands::maintain::run(ui, global, args),
            Self::RemoveStaleContenttypes(args) => {
                commands::remove_stale_contenttypes::run(ui, global, args)
            }
            Self::Diffsettings(args) => commands::diffsettings::run(ui, global, args),
            Self::Collectstatic(args) => commands::collectstatic::run(ui, global, args),
            Self::Findstatic(args) => commands::findstatic::run(ui, global, args),
            Self::Media(args) => commands::media::run(ui, global, args),
            Self::Sendtestemail(args) => commands::sendtestemail::run(ui, global, args),
        }
    }
}

/// The commands as Python calls them.
const NATIVE_COMMANDS: NativeCommands = NativeCommands {
    run: run_for_python,
    names: command_names,
};

fn run_for_python(arguments: &[OsString]) -> Result<(), CommandError> {
    match Cli::try_parse_from(arguments) {
        Ok(cli) => cli.execute(arguments),
        Err(error) => Err(UsageError::new(&command_line(), &error, arguments).into()),
    }
}

fn command_names() -> Vec<String> {
    let commands = Cli::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    names.map(ToOwned::to_owned).collect()
}

impl Cli {
    fn run(mut self, arguments: &[OsString]) -> ExitCode {
        self.global.native = Some(NATIVE_COMMANDS);
        match self.execute(arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => match error.ended_with() {
                Some(code) => code.into(),
                None => self.global.ui().report(error.diagnostic()),
            },
        }
    }

    fn execute(&self, arguments: &[OsString]) -> Result<(), CommandError> {
        let done = self.command.run(&self.global.ui(), &self.global);
        done.map_err(|error| {
            let alias = database_option(arguments);
            with_unapplied_migrations(error, &self.global, alias.as_deref())
        })
    }
}

/// What `--database` says, whichever command it belongs to.
fn database_option(arguments: &[OsString]) -> Option<String> {
    let matches = Cli::command().try_get_matches_from(arguments).ok()?;
    let mut innermost = &matches;
    while let Some((_, inner)) = innermost.subcommand() {
        innermost = inner;
    }
    let alias = innermost.try_get_one::<String>("database");
    alias.ok().flatten().cloned()
}

/// Returns the command line, for man pages, completions and their tests.
pub fn command_line() -> clap::Command {
    help_groups::with_grouped_help(Cli::command(), &[])
}

/// The command line with the commands of the project that `arguments` name.
fn command_line_of_project(arguments: &[OsString]) -> clap::Command {
    let own = own_command::of_project(arguments, global_args);
    own_command::with_own_commands(command_line(), own)
}

/// The options of `arguments` that every command accepts.
fn global_args(arguments: &[OsString]) -> Option<GlobalArgs> {
    let mut global = Cli::try_parse_from(arguments).ok()?.global;
    global.native = Some(NATIVE_COMMANDS);
    Some(global)
}

/// Parses `arguments`, runs the command they name and reports how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<_> = arguments.into_iter().collect();
    if let [_, only] = arguments.as_slice()
        && (only == "--version" || only == "-V")
    {
        return print_version();
    }
    match completion::complete(&arguments, || command_line_of_project(&arguments)) {
        Ok(false) => {}
        Ok(true) => return ExitCode::SUCCESS,
        Err(error) => error.exit(),
    }
    match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli.run(&arguments),
        Err(_) => parse_again(&arguments),
    }
}

/// Prints what clap would, without building its command line first, which takes twice as long.
fn print_version() -> ExitCode {
    // A closed pipe is not a failure here either.
    Ui::new(1, false).result(&VERSION).ok();
    ExitCode::SUCCESS
}

/// Parses `arguments` again with the grouped help page, which is only needed where they do not
/// name a valid command.
fn parse_again(arguments: &[OsString]) -> ExitCode {
    let own = own_command::of_project(arguments, global_args);
    let mut command = help_groups::with_grouped_help(Cli::command(), &own);
    let parsed = command.try_get_matches_from_mut(arguments);
    match parsed.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => cli.run(arguments),
        Err(error) => own_command::run(arguments, &error, global_args).unwrap_or_else(|| {
            let command = own_command::with_own_commands(command, own);
            report_usage(&command, arguments, &error)
        }),
    }
}

/// Prints the help or the version that was asked for, or what is wrong with the arguments.
fn report_usage(command: &clap::Command, arguments: &[OsString], error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // A closed pipe must not turn `djr help | head` into a failure.
            error.print().ok();
            u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        _ => {
            let json = arguments.iter().any(|argument| argument == "--json");
            Ui::new(1, json).report(&UsageError::new(command, error, arguments))
        }
    }
}
