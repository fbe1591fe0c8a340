//! `djr dumpdata`: writes rows as a fixture.

use std::fmt;
use std::fs::OpenOptions;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::commands::options::DatabaseArgs;
use crate::commands::{CommandError, GlobalArgs};
use crate::db::Connection;
use crate::diagnostic::{Finding, Findings};
use crate::files::{AtomicFile, FileMode};
use crate::serializers::{Compression, Dump, DumpError, DumpOptions, DumpSelection, FixtureFormat};
use crate::text;
use crate::ui::Ui;

/// Write the rows of the database as a fixture, in JSON
///
/// All rows are of one moment, whatever others write meanwhile. `djr loaddata`
/// and Django's `loaddata` read what this writes.
#[derive(Args, Debug)]
pub(crate) struct DumpDataArgs {
    /// What to write, as `app` or `app.Model`; without any, everything
    #[arg(value_name = "LABEL")]
    labels: Vec<String>,
    /// Spaces for each level; without it, all is one line
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    indent: Option<u8>,
    /// What to leave out, as `app` or `app.Model`
    #[arg(short, long, value_name = "LABEL")]
    exclude: Vec<String>,
    /// Refer to rows by natural keys, where their models have them
    #[arg(long)]
    natural_foreign: bool,
    /// Leave out the primary keys of rows that have a natural key
    #[arg(long)]
    natural_primary: bool,
    /// The primary keys to write, separated by commas; needs one `app.Model`
    #[arg(long, value_name = "KEYS", value_delimiter = ',')]
    pks: Option<Vec<String>>,
    /// Write to this file; one that ends in `.gz` is compressed
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format: a list in JSON, or an object on each line
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    #[arg(value_parser = FixtureFormat::ALL.map(|(name, _)| name))]
    format: String,
    /// Accepted for Django's sake: no row is ever filtered
    #[arg(short, long, hide = true)]
    all: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(crate) fn run(ui: &Ui, global: &GlobalArgs, args: &DumpDataArgs) -> Result<(), CommandError> {
    let project = global.project()?;
    let registry = project.models()?;
    let selection = DumpSelection {
        labels: args.labels.clone(),
        excluded: args.exclude.clone(),
        keys: args.pks.clone(),
    };
    let dump = Dump::plan(&registry, project.apps.labels(), &selection, options(args))?;
    let job = DumpJob {
        ui,
        dump,
        connection: args.database.open_read_only(&project)?,
    };
    let Some(path) = &args.output else {
        let mut out = BufWriter::new(ui.output());
        return match job.write(&mut out) {
            // A reader that stops reading, as in `djr dumpdata | head -1`, is not a failure.
            Err(DumpError::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            written => written.map(drop).map_err(Into::into),
        };
    };
    let objects = job.write_file(path)?;
    Ok(ui.result(&DumpDataOutcome {
        objects,
        file: path.display().to_string(),
    })?)
}

fn options(args: &DumpDataArgs) -> DumpOptions {
    DumpOptions {
        format: FixtureFormat::named(&args.format).unwrap_or(FixtureFormat::Json),
        indent: args.indent.map(usize::from),
        natural_foreign: args.natural_foreign,
        natural_primary: args.natural_primary,
    }
}

/// A dump, and the connection its rows are read over.
struct DumpJob<'d> {
    ui: &'d Ui,
    dump: Dump<'d>,
    connection: Connection,
}

impl DumpJob<'_> {
    /// Writes the rows of one moment to `out`; returns how many.
    fn write(&self, out: &mut dyn Write) -> Result<usize, DumpError> {
        self.connection.snapshot(|connection| {
            let total = self.dump.check(connection)?;
            let progress = self.ui.progress("writing", total);
            self.dump
                .write(connection, out, &mut |done| progress.advance(done))
        })
    }

    /// Writes a file that is complete or, if anything fails, as it was.
    fn write_file(&self, path: &Path) -> Result<usize, CommandError> {
        let compression = Compression::of(&path.to_string_lossy()).map_err(unknown_ending)?;
        if path.exists() && !path.is_file() {
            // A pipe or a device cannot be replaced.
            let file = OpenOptions::new().write(true).open(path);
            let file = file.map_err(DumpError::Output)?;
            return Ok(self.write_compressed(compression, file)?.0);
        }
        let file = AtomicFile::create(path, FileMode::Private)?;
        let (objects, file) = self.write_compressed(compression, file)?;
        file.commit()?;
        Ok(objects)
    }

    fn write_compressed<W: Write>(
        &self,
        compression: Compression,
        file: W,
    ) -> Result<(usize, W), DumpError> {
        let mut out = compression.writer(BufWriter::new(file));
        let objects = self.write(&mut out)?;
        let file = out.finish().map_err(DumpError::Output)?;
        let file = file.into_inner();
        let file = file.map_err(|error| DumpError::Output(error.into_error()))?;
        Ok((objects, file))
    }
}

fn unknown_ending(ending: &'static str) -> Findings {
    let message = format!("`{ending}` files are not written");
    Finding::error("unknown-compression", message)
        .hint("end the name in `.gz` to compress it")
        .into()
}

#[derive(Debug, Serialize)]
struct DumpDataOutcome {
    objects: usize,
    file: String,
}

impl fmt::Display for DumpDataOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let objects = text::count(self.objects, "object");
        write!(f, "wrote {objects} to `{}`", self.file)
    }
}
