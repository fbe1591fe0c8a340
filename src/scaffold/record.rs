//! What a project keeps of the scaffold it was made from: `.djr/scaffold.toml`, and beside it the files as they were
//! generated, which an update merges with.
//!
//! An app has the same under `.djr/apps/`. Secrets are in neither.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use minijinja::Value;
use sha2::{Digest as _, Sha256};
use toml_edit::{Array, DocumentMut, Item, Table, value};

use crate::diagnostic::Findings;
use crate::document::{self, Document, Problems};
use crate::files::{FileError, FileMode};
use crate::scaffold::ScaffoldError;
use crate::scaffold::answers::Answers;
use crate::scaffold::reading::{read_if_there, unreadable};
use crate::scaffold::render::{RenderedScaffold, ScaffoldFile};

/// The most bytes of the files as they were generated.
const MOST_BYTES: u64 = 512 << 20;

/// What a project keeps of the scaffold that it, or one of its apps, was made from.
#[derive(Clone, Debug)]
pub(super) struct ScaffoldRecord {
    /// Where the scaffold is from.
    pub(super) source: String,
    /// The commit, where it is from git.
    pub(super) revision: Option<String>,
    /// The version of djr that rendered it.
    pub(super) djr: String,
    /// The name of the project or the app.
    pub(super) name: String,
    /// What was answered, but for secrets.
    pub(super) answers: Answers,
    /// The hash of every file as it was generated.
    pub(super) files: BTreeMap<PathBuf, String>,
}

/// Where the record of a project or an app is.
#[derive(Clone, Debug)]
pub(super) struct RecordPlace {
    /// The record.
    pub(super) record: PathBuf,
    /// The files as they were generated.
    pub(super) originals: PathBuf,
}

impl RecordPlace {
    /// Where that of a project is.
    pub(super) fn of_project() -> Self {
        Self::below(Path::new(".djr"), "scaffold")
    }

    /// Where that of the app `label` is.
    pub(super) fn of_app(label: &str) -> Self {
        Self::below(Path::new(".djr/apps"), label)
    }

    /// Whether `path` is a file of the record.
    pub(super) fn has(&self, path: &Path) -> bool {
        path == self.record || path == self.originals
    }

    fn below(directory: &Path, name: &str) -> Self {
        Self {
            record: directory.join(format!("{name}.toml")),
            originals: directory.join(format!("{name}.tar.gz")),
        }
    }
}

/// The hash of a file as a record has it.
pub(super) fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().fold("sha256:".to_owned(), |text, byte| {
        text + &format!("{byte:02x}")
    })
}

impl ScaffoldRecord {
    /// Notes the hashes of what was rendered.
    pub(super) fn note_files(&mut self, rendered: &RenderedScaffold) {
        let noted = rendered.files.iter().filter(|file| !file.generated);
        self.files = noted
            .map(|file| (file.path.clone(), hash(&file.content)))
            .collect();
    }

    /// The files of the record at `place`, with what `rendered` has.
    pub(super) fn to_files(
        &self,
        place: &RecordPlace,
        rendered: &RenderedScaffold,
    ) -> Result<[ScaffoldFile; 2], ScaffoldError> {
        let file = |path: &Path, content| ScaffoldFile {
            path: path.to_owned(),
            content,
            mode: FileMode::Public,
            generated: false,
        };
        let originals = pack(rendered).map_err(|source| FileError::System {
            action: "write",
            path: place.originals.clone(),
            source,
        })?;
        Ok([
            file(&place.originals, originals),
            file(&place.record, self.to_toml().into_bytes()),
        ])
    }

    fn to_toml(&self) -> String {
        let mut document = DocumentMut::new();
        document["source"] = value(&self.source);
        if let Some(revision) = &self.revision {
            document["revision"] = value(revision);
        }
        document["djr"] = value(&self.djr);
        document["name"] = value(&self.name);
        let mut answers = Table::new();
        for (name, answer) in &self.answers {
            answers[name] = toml_of(answer);
        }
        if !answers.is_empty() {
            document["answers"] = Item::Table(answers);
        }
        let mut files = Table::new();
        for (path, hash) in &self.files {
            files[&path.display().to_string()] = value(hash);
        }
        document["files"] = Item::Table(files);
        format!("# What this was made from: `djr update` brings it up to date.\n{document}")
    }

    /// Reads the record at `place` in the project at `root`; `None` where there is none.
    pub(super) fn read(root: &Path, place: &RecordPlace) -> Result<Option<Self>, ScaffoldError> {
        let path = root.join(&place.record);
        let Some(content) = read_if_there(&path)? else {
            return Ok(None);
        };
        let text = String::from_utf8(content)
            .map_err(|error| unreadable(&path, io::Error::new(ErrorKind::InvalidData, error)))?;
        Ok(Some(Self::parse(&path, &text)?))
    }

    fn parse(path: &Path, text: &str) -> Result<Self, Findings> {
        let document = Document::parse(path, text)?;
        let problems = Problems::default();
        let fields = document.root().reader(&problems);
        let source = fields.required("source");
        let name = fields.required("name");
        let mut record = Self {
            source: source.unwrap_or_default(),
            revision: fields.optional("revision"),
            djr: fields.optional("djr").unwrap_or_default(),
            name: name.unwrap_or_default(),
            answers: Answers::new(),
            files: BTreeMap::new(),
        };
        if let Some(answers) = fields.table("answers") {
            let entries = answers.source().entries().iter();
            record.answers = entries
                .map(|entry| (entry.key.clone(), value_of(&entry.item)))
                .collect();
        }
        if let Some(files) = fields.table("files") {
            let entries = files.source().entries().iter();
            let hash = |entry: &document::TableEntry| {
                Some((PathBuf::from(&entry.key), entry.item.as_str()?.to_owned()))
            };
            record.files = entries.filter_map(hash).collect();
        }
        fields.finish();
        problems.finish(record)
    }
}

fn toml_of(answer: &Value) -> Item {
    use minijinja::value::ValueKind;
    match answer.kind() {
        ValueKind::Bool => value(answer.is_true()),
        ValueKind::Number => value(i64::try_from(answer.clone()).unwrap_or_default()),
        ValueKind::Seq => {
            let items = answer.try_iter().into_iter().flatten();
            value(items.map(|item| item.to_string()).collect::<Array>())
        }
        _ => value(answer.to_string()),
    }
}

/// The answer that a TOML value is.
pub fn value_of(item: &document::Item) -> Value {
    match &item.value {
        document::Value::String(text) | document::Value::Datetime(text) => text.into(),
        document::Value::Integer(number) => (*number).into(),
        document::Value::Float(number) => (*number).into(),
        document::Value::Boolean(value) => (*value).into(),
        document::Value::Array(items) => items.iter().map(value_of).collect(),
        document::Value::Table(_) => Value::UNDEFINED,
    }
}

/// The files as they were generated, but for those that hold secrets.
fn pack(rendered: &RenderedScaffold) -> io::Result<Vec<u8>> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::best()));
    for file in &rendered.files {
        if file.generated || file.mode == FileMode::Private {
            continue;
        }
        let mut header = tar::Header::new_ustar();
        header.set_size(file.content.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, &file.path, file.content.as_slice())?;
    }
    archive.into_inner()?.finish()
}

/// The files as they were generated, as the project at `root` keeps them at `place`; none where it does not.
pub(super) fn originals(
    root: &Path,
    place: &RecordPlace,
) -> Result<BTreeMap<PathBuf, Vec<u8>>, ScaffoldError> {
    let path = root.join(&place.originals);
    let Some(packed) = read_if_there(&path)? else {
        return Ok(BTreeMap::new());
    };
    let unpacked = unpack(GzDecoder::new(packed.as_slice()).take(MOST_BYTES));
    unpacked.map_err(|source| unreadable(&path, source))
}

fn unpack(reader: impl io::Read) -> io::Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in tar::Archive::new(reader).entries()? {
        let mut entry = entry?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content)?;
        files.insert(entry.path()?.into_owned(), content);
    }
    Ok(files)
}
