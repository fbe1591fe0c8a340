//! Formats of lines of a log, in the style of Python's `str.format`: `{levelname:<8} {message}`.

use crate::text;

/// The name of the format that writes each record as an object of JSON.
const JSON: &str = "json";

/// How a line is made of a record.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum LogFormat {
    /// An object of JSON with all that is known.
    Json,
    /// Text and fields.
    Text(Vec<FormatPart>),
}

/// A piece of a line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum FormatPart {
    /// As it stands.
    Text(String),
    /// A field of the record.
    Field(LogField, FieldWidth),
}

/// How wide a field is written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct FieldWidth {
    /// What fills it up; a blank by default.
    pub fill: Option<char>,
    /// Where the value stands; numbers to the right by default, all else to the left.
    pub alignment: Option<FieldAlignment>,
    /// Characters at least.
    pub width: usize,
    /// Characters at most.
    pub precision: Option<usize>,
    /// Digits behind the point of a number (`.0f`).
    pub decimals: Option<usize>,
}

/// Where a value stands in its width.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum FieldAlignment {
    /// `<`.
    Left,
    /// `>`.
    Right,
    /// `^`.
    Center,
}

/// What a line can tell of a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LogField {
    /// When it was made, by `datefmt`.
    AscTime,
    /// The same in seconds since 1970.
    Created,
    /// The name of the level.
    LevelName,
    /// The number of the level.
    LevelNumber,
    /// What happened.
    Message,
    /// The milliseconds of the moment.
    Milliseconds,
    /// The name of the logger.
    Name,
    /// The number of the process.
    Process,
    /// The name of the process.
    ProcessName,
    /// The number of the thread.
    Thread,
    /// The name of the thread.
    ThreadName,
    /// When it was made, as the access line has it.
    ServerTime,
    /// The status of the response.
    StatusCode,
    /// The method of the request.
    Method,
    /// The path of the request, or its target in an access line.
    Path,
    /// The method and the path.
    Request,
    /// The address of the client.
    Client,
    /// The bytes of the response's body that were sent.
    Size,
    /// How long the request or the statement took, in seconds.
    Duration,
    /// A statement.
    Sql,
    /// The values of a statement.
    Params,
    /// The database of a statement.
    Alias,
}

/// All fields by their names, which are those of Python and Django where these have them.
pub const LOG_FIELDS: [(&str, LogField); 22] = [
    ("asctime", LogField::AscTime),
    ("created", LogField::Created),
    ("levelname", LogField::LevelName),
    ("levelno", LogField::LevelNumber),
    ("message", LogField::Message),
    ("msecs", LogField::Milliseconds),
    ("name", LogField::Name),
    ("process", LogField::Process),
    ("processName", LogField::ProcessName),
    ("thread", LogField::Thread),
    ("threadName", LogField::ThreadName),
    ("server_time", LogField::ServerTime),
    ("status_code", LogField::StatusCode),
    ("method", LogField::Method),
    ("path", LogField::Path),
    ("request", LogField::Request),
    ("client", LogField::Client),
    ("size", LogField::Size),
    ("duration", LogField::Duration),
    ("sql", LogField::Sql),
    ("params", LogField::Params),
    ("alias", LogField::Alias),
];

impl LogField {
    /// Whether it is a number, which stands to the right.
    pub fn is_number(self) -> bool {
        matches!(
            self,
            Self::Created
                | Self::LevelNumber
                | Self::Milliseconds
                | Self::Process
                | Self::Thread
                | Self::StatusCode
                | Self::Size
                | Self::Duration
        )
    }
}

/// Why a format cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(super) enum LogFormatError {
    #[error("a `{{` is not closed; a brace that is meant is written twice")]
    Open,
    #[error("a `}}` closes nothing; a brace that is meant is written twice")]
    Close,
    #[error("a record has no `{0}`")]
    UnknownField(String),
    #[error("`{0}` is not a width such as `<8`, `>10` or `^20`")]
    Width(String),
    #[error("it has no field: each line would be the same")]
    NoField,
    #[error("it must be one line")]
    LineBreak,
}

impl LogFormatError {
    /// What to write instead.
    pub(super) fn hint(&self, format: &str) -> Option<String> {
        match self {
            Self::UnknownField(name) => {
                let names = LOG_FIELDS.iter().map(|(name, _)| *name);
                text::did_you_mean(name, names.clone())
                    .or_else(|| Some(format!("the fields are {}", text::quoted(names))))
            }
            Self::NoField if format.contains("%(") => {
                Some("write `{message}` for `%(message)s`".to_owned())
            }
            _ => None,
        }
    }
}

/// Characters that a field may be wide.
const MAX_WIDTH: usize = 1000;

impl LogFormat {
    /// Reads a format; `json` is that of objects.
    pub(super) fn parse(format: &str) -> Result<Self, LogFormatError> {
        if format == JSON {
            return Ok(Self::Json);
        }
        if format.contains(['\n', '\r']) {
            return Err(LogFormatError::LineBreak);
        }
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = format;
        while let Some(index) = rest.find(['{', '}']) {
            plain.push_str(&rest[..index]);
            let (brace, after) = rest[index..].split_at(1);
            if let Some(after) = after.strip_prefix(brace) {
                plain.push_str(brace);
                rest = after;
            } else if brace == "}" {
                return Err(LogFormatError::Close);
            } else {
                let (field, after) = after.split_once('}').ok_or(LogFormatError::Open)?;
                if !plain.is_empty() {
                    parts.push(FormatPart::Text(std::mem::take(&mut plain)));
                }
                parts.push(read_field(field)?);
                rest = after;
            }
        }
        if parts.is_empty() {
            return Err(LogFormatError::NoField);
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            parts.push(FormatPart::Text(plain));
        }
        Ok(Self::Text(parts))
    }
}

fn read_field(text: &str) -> Result<FormatPart, LogFormatError> {
    let (name, width) = text.split_once(':').unwrap_or((text, ""));
    let found = LOG_FIELDS.iter().find(|(known, _)| *known == name);
    let (_, field) = found.ok_or_else(|| LogFormatError::UnknownField(name.to_owned()))?;
    let wrong = || LogFormatError::Width(width.to_owned());
    let width = read_width(width).ok_or_else(wrong)?;
    Ok(FormatPart::Field(*field, width))
}

/// Reads `[[fill]align][0][width][.precision][s|d|f]`.
fn read_width(text: &str) -> Option<FieldWidth> {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    let (fill, alignment, rest) = match (first, second) {
        (Some(fill), Some(sign)) if alignment(sign).is_some() => {
            let after = fill.len_utf8() + sign.len_utf8();
            (Some(fill), alignment(sign), &text[after..])
        }
        (Some(sign), _) if alignment(sign).is_some() => (None, alignment(sign), &text[1..]),
        _ => (None, None, text),
    };
    // A zero in front of the width fills it up.
    let fill = fill.or_else(|| rest.starts_with('0').then_some('0'));
    let (rest, is_fixed) = match rest.strip_suffix('f') {
        Some(rest) => (rest, true),
        None => (rest.strip_suffix(['s', 'd']).unwrap_or(rest), false),
    };
    let (width, precision) = match rest.split_once('.') {
        Some((width, precision)) => (width, Some(number(precision)?)),
        None => (rest, None),
    };
    Some(FieldWidth {
        fill,
        alignment,
        width: if width.is_empty() { 0 } else { number(width)? },
        precision: precision.filter(|_| !is_fixed),
        decimals: is_fixed.then(|| precision.unwrap_or(6)),
    })
}

fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| is_number)?;
    (number <= MAX_WIDTH).then_some(number)
}

fn alignment(sign: char) -> Option<FieldAlignment> {
    Some(match sign {
        '<' => FieldAlignment::Left,
        '>' => FieldAlignment::Right,
        '^' => FieldAlignment::Center,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{FieldAlignment, FieldWidth, FormatPart, LogField, LogFormat, LogFormatError};

    #[test]
    fn reads_fields_widths_and_doubled_braces() {
        let parsed = LogFormat::parse("{{{levelname:*^10.3s}}} {message}").unwrap();
        let width = FieldWidth {
            fill: Some('*'),
            alignment: Some(FieldAlignment::Center),
            width: 10,
            precision: Some(3),
            decimals: None,
        };
        let expected = [
            FormatPart::Text("{".to_owned()),
            FormatPart::Field(LogField::LevelName, width),
            FormatPart::Text("} ".to_owned()),
            FormatPart::Field(LogField::Message, FieldWidth::default()),
        ];
        assert_eq!(parsed, LogFormat::Text(expected.to_vec()));
        assert_eq!(LogFormat::parse("json"), Ok(LogFormat::Json));
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        for (format, error) in [
            ("{message", LogFormatError::Open),
            ("message}", LogFormatError::Close),
            ("{}", LogFormatError::UnknownField(String::new())),
            ("{msg}", LogFormatError::UnknownField("msg".to_owned())),
            (
                "{name!r}",
                LogFormatError::UnknownField("name!r".to_owned()),
            ),
            ("{name:x}", LogFormatError::Width("x".to_owned())),
            ("{name:99999}", LogFormatError::Width("99999".to_owned())),
            ("{name:<-3}", LogFormatError::Width("<-3".to_owned())),
            ("", LogFormatError::NoField),
            ("%(message)s", LogFormatError::NoField),
            ("{message}\n{name}", LogFormatError::LineBreak),
        ] {
            assert_eq!(LogFormat::parse(format), Err(error), "{format}");
        }
    }
}
