//! What a part says about itself, and what the request says about its parts.

use crate::http::{HeaderParameters, percent};
use crate::text::unescape_html;

/// Bytes of a boundary, as Django has it; RFC 2046 allows 70.
const MAX_BOUNDARY: usize = 200;

/// Characters of the name of a file.
const MAX_NAME: usize = 255;

/// What the head of a part says.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct PartHead {
    /// The name of the field.
    pub name: String,
    /// The type of the content, as the client wrote it; empty where it wrote none.
    pub content_type: String,
    /// For a file its name, as the client wrote it: a part with `filename` is a file.
    file_name: Option<String>,
}

impl PartHead {
    /// Reads the lines of a head; `Err` says what is wrong with it.
    pub(super) fn parse(lines: &[String]) -> Result<Self, &'static str> {
        let (mut disposition, mut content_type) = (None, None);
        for line in lines {
            let (name, value) = line.split_once(':').ok_or("has a header without `:`")?;
            let slot = match name.to_ascii_lowercase().as_str() {
                "content-disposition" => &mut disposition,
                "content-type" => &mut content_type,
                "content-transfer-encoding" => {
                    check_transfer_encoding(value)?;
                    continue;
                }
                _ => continue,
            };
            if slot.replace(value.trim()).is_some() {
                return Err("has a header twice");
            }
        }
        let content_type = content_type.unwrap_or_default();
        let disposition = disposition.ok_or("has no `Content-Disposition`")?;
        Self::of(disposition, content_type)
    }

    fn of(disposition: &str, content_type: &str) -> Result<Self, &'static str> {
        let invalid = "has a `Content-Disposition` that cannot be read";
        let disposition = HeaderParameters::parse(disposition).ok_or(invalid)?;
        if disposition.value != "form-data" {
            return Err("is not `form-data`");
        }
        let name = disposition.get("name").ok_or("has no name")?.trim();
        let head = Self {
            name: name.to_owned(),
            content_type: content_type.to_owned(),
            file_name: file_name(&disposition)?,
        };
        match HeaderParameters::parse(content_type) {
            None => Err("has a `Content-Type` that cannot be read"),
            Some(kind) if !head.is_file() && !kind.get("charset").is_none_or(is_utf8) => {
                Err("is a text that is not in UTF-8")
            }
            Some(_) => Ok(head),
        }
    }

    /// Whether the part is a file, be it one without a name: none was chosen then.
    pub fn is_file(&self) -> bool {
        self.file_name.is_some()
    }

    /// The name of a file without directories and without characters that do not print (Django's `sanitize_file_name`);
    /// `None` where nothing is left of it, which is so where no file was chosen.
    pub fn file_name(&self) -> Option<String> {
        let name = unescape_html(self.file_name.as_deref()?);
        let name = name.rsplit(['/', '\\']).next()?;
        let name: String = name.chars().filter(|c| is_printable(*c)).collect();
        Some(shortened(name)).filter(|name| !matches!(name.as_str(), "" | "." | ".."))
    }
}

/// A name of at most 255 characters, its ending kept (Django's `UploadedFile`).
fn shortened(name: String) -> String {
    if name.chars().count() <= MAX_NAME {
        return name;
    }
    let ending = name
        .rfind('.')
        .filter(|point| *point > 0)
        .unwrap_or(name.len());
    let (stem, ending) = name.split_at(ending);
    let ending: String = ending.chars().take(MAX_NAME).collect();
    let room = MAX_NAME - ending.chars().count();
    stem.chars().take(room).chain(ending.chars()).collect()
}

/// The name of a file as the client wrote it; some programs write it in the form of RFC 8187, alone or beside the other.
///
/// `None` stands for a part that is not a file.
fn file_name(disposition: &HeaderParameters) -> Result<Option<String>, &'static str> {
    let Some(extended) = disposition.get("filename*") else {
        return Ok(disposition.get("filename").map(ToOwned::to_owned));
    };
    let invalid = "has a `filename*` that is not in UTF-8";
    let mut parts = extended.splitn(3, '\'');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(charset), Some(_), Some(name)) if is_utf8(charset) => {
            percent::decode(name).map(Some).ok_or(invalid)
        }
        (_, _, Some(_)) => Err(invalid),
        _ => Ok(Some(extended.to_owned())),
    }
}

/// Spaces but the common one, control, format and private characters do not print.
fn is_printable(c: char) -> bool {
    let hidden = matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{FEFF}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..);
    c == ' ' || !(c.is_control() || c.is_whitespace() || hidden)
}

/// Forms are sent as they are (RFC 7578, 4.7).
fn check_transfer_encoding(value: &str) -> Result<(), &'static str> {
    let plain = ["7bit", "8bit", "binary"];
    let is_plain = plain
        .iter()
        .any(|kind| value.trim().eq_ignore_ascii_case(kind));
    is_plain.then_some(()).ok_or("is encoded for mail")
}

/// The boundary that the `Content-Type` of a request names: 1 to 200 printable characters.
pub fn boundary(content_type: &HeaderParameters) -> Option<&str> {
    let boundary = content_type.get("boundary")?;
    let is_sound = (1..=MAX_BOUNDARY).contains(&boundary.len())
        && boundary.bytes().all(|byte| matches!(byte, b' '..=b'~'))
        && !boundary.ends_with(' ');
    is_sound.then_some(boundary)
}

/// Whether a character set is UTF-8 or part of it.
pub(in crate::http) fn is_utf8(charset: &str) -> bool {
    let known = ["utf-8", "utf8", "us-ascii", "ascii"];
    known.iter().any(|name| charset.eq_ignore_ascii_case(name))
}
