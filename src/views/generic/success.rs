//! Where a form leads once it is done, and the message that says so there.

use crate::diagnostic::Finding;
use crate::document::{Item, Problems, Table};
use crate::http::Response;
use crate::http::percent::{encode, safe};
use crate::messages::{Message, level};
use crate::models::Model;
use crate::views::generic::format_fields::{FieldFormat, FieldValues, KnownFields};
use crate::views::generic::format_string::FormatStyle;
use crate::views::rows::RowValue;
use crate::views::{Client, FormTarget, HttpError, NextPage, Request, ViewEntry, is_path_or_url};

/// Where a form leads once it is done, and what is said there.
#[derive(Debug)]
pub(super) struct SuccessPage {
    target: SuccessTarget,
    message: Option<FieldFormat>,
}

/// Where a form leads.
#[derive(Debug)]
pub(super) enum SuccessTarget {
    /// To the page of the row, by the `url` of its model.
    Object,
    /// To a path, or to an address elsewhere.
    Path {
        /// As it stands in the entry.
        written: String,
        /// The same with its fields.
        text: FieldFormat,
    },
    /// To the url of this name.
    Url {
        name: String,
        kwargs: Vec<SuccessArgument>,
    },
}

/// An argument of the url that a form leads to.
#[derive(Debug)]
pub(super) struct SuccessArgument {
    name: String,
    value: FieldFormat,
}

/// What is done once a form is: both are known before a row is deleted.
#[derive(Debug)]
pub(super) struct SuccessResponse {
    url: String,
    message: Option<String>,
}

impl SuccessTarget {
    /// The page of a row of `model`, if it has one: where a form leads by itself.
    pub(super) fn of_model(model: &Model) -> Option<Self> {
        model.options.url_template.as_ref().map(|_| Self::Object)
    }
}

impl SuccessPage {
    /// Reads `success_url` and `success_message`; without a url the form leads to `usual`.
    pub(super) fn read(
        entry: &ViewEntry<'_, '_>,
        known: &KnownFields<'_>,
        usual: Option<SuccessTarget>,
    ) -> Result<Self, Finding> {
        let problems = entry.fields.problems();
        let message = entry.fields.item("success_message");
        let message = message.and_then(|item| known.text(item, FormatStyle::Percent, problems));
        let target = match entry.fields.item("success_url") {
            Some(item) => read_target(item, known, problems),
            None => Some(usual.ok_or_else(|| missing(entry))?),
        };
        Ok(Self {
            // One that is wrong was reported, and no request will come.
            target: target.unwrap_or(SuccessTarget::Object),
            message,
        })
    }

    /// Where a form with these values leads, and what is said there.
    pub(super) fn response(
        &self,
        request: &Request<'_>,
        values: FieldValues<'_>,
    ) -> Result<SuccessResponse, HttpError> {
        let message = self.message.as_ref();
        let message = message.map(|text| text.fill(|field| values.text(field)));
        Ok(SuccessResponse {
            url: self.url(request, values)?,
            message: message.transpose()?,
        })
    }

    fn url(&self, request: &Request<'_>, values: FieldValues<'_>) -> Result<String, HttpError> {
        match &self.target {
            SuccessTarget::Object => {
                let url = values.row.map(RowValue::absolute_url_text);
                url.unwrap_or_else(|| Err(HttpError::internal("there is no row", Vec::new())))
            }
            SuccessTarget::Path { text, .. } => {
                // A value can neither leave its part of the path nor begin a host.
                let encoded =
                    |field: &_| Ok::<_, HttpError>(encode(&values.text(field)?, safe::NOTHING));
                let url = text.fill(encoded)?;
                Ok(match url.strip_prefix("//") {
                    Some(_) if self.is_path() => format!("/{}", url.trim_start_matches('/')),
                    _ => url,
                })
            }
            SuccessTarget::Url { name, kwargs } => {
                let value = |argument: &SuccessArgument| {
                    let value = argument.value.fill(|field| values.text(field))?;
                    Ok::<_, HttpError>((argument.name.clone(), value))
                };
                let kwargs: Result<Vec<_>, _> = kwargs.iter().map(value).collect();
                Ok(request.urls.reverse(name, &[], &kwargs?)?)
            }
        }
    }

    /// Whether it was written as a path of this site.
    fn is_path(&self) -> bool {
        let SuccessTarget::Path { written, .. } = &self.target else {
            return false;
        };
        written.starts_with('/') && !written.starts_with("//")
    }

    /// The names of the urls that it leads to.
    pub(super) fn pattern_names(&self) -> Vec<&str> {
        match &self.target {
            SuccessTarget::Url { name, .. } => vec![name],
            SuccessTarget::Object | SuccessTarget::Path { .. } => Vec::new(),
        }
    }

    /// The same for the check that it can be opened.
    pub(super) fn form_target(&self) -> Option<FormTarget<'_>> {
        let (target, kwargs) = match &self.target {
            SuccessTarget::Object => return None,
            SuccessTarget::Path { written, .. } if written.contains('{') => return None,
            SuccessTarget::Path { written, .. } => (written, Vec::new()),
            SuccessTarget::Url { name, kwargs } => {
                let names = kwargs.iter().map(|argument| argument.name.as_str());
                (name, names.collect())
            }
        };
        let next = NextPage {
            target,
            setting: None,
        };
        Some(FormTarget {
            next,
            kwargs,
            client: Client::Visitor,
        })
    }
}

impl SuccessResponse {
    /// The redirect; the message waits for the page that it leads to.
    pub(super) fn send(self, request: &Request<'_>) -> Response {
        if let (Some(messages), Some(text)) = (&request.messages, self.message) {
            messages.add(Message::new(level::SUCCESS, text));
        }
        Response::redirect(&self.url, false)
    }

    /// The redirect without the message.
    pub(super) fn send_silently(self) -> Response {
        Response::redirect(&self.url, false)
    }
}

fn missing(entry: &ViewEntry<'_, '_>) -> Finding {
    let name = entry.view.as_str().unwrap_or_default();
    let message = format!("the view `{name}` needs a `success_url`");
    let finding = entry.view.error("missing-key", message);
    finding.hint("write the path or the name of a url, or give the model a `url`")
}

fn read_target(item: &Item, known: &KnownFields<'_>, problems: &Problems) -> Option<SuccessTarget> {
    if let Some(table) = item.as_table() {
        let keys = table.reader(problems);
        let name = keys.required("name");
        let kwargs = keys.table("kwargs");
        let kwargs = kwargs.map(|table| read_arguments(table.source(), known, problems));
        keys.finish();
        return Some(SuccessTarget::Url {
            name: name?,
            kwargs: kwargs.unwrap_or_default(),
        });
    }
    let text = known.text(item, FormatStyle::Braces, problems)?;
    let written = item.as_str()?.to_owned();
    if !is_path_or_url(&written) {
        return Some(SuccessTarget::Url {
            name: written,
            kwargs: Vec::new(),
        });
    }
    let before = written.split('{').next().unwrap_or_default();
    let has_host = before
        .split_once("://")
        .is_some_and(|(_, rest)| rest.contains('/'));
    if before != written && !has_host && !written.starts_with('/') {
        let message = "a field of a `success_url` stands in its path";
        let finding = item.error("wrong-url", message);
        problems.push(finding.hint("begin with a slash: `/posts/{slug}/`"));
        return None;
    }
    Some(SuccessTarget::Path { written, text })
}

fn read_arguments(
    table: &Table,
    known: &KnownFields<'_>,
    problems: &Problems,
) -> Vec<SuccessArgument> {
    let entries = table.entries().iter();
    let arguments = entries.filter_map(|entry| {
        Some(SuccessArgument {
            name: entry.key.clone(),
            value: known.text(&entry.item, FormatStyle::Braces, problems)?,
        })
    });
    arguments.collect()
}
