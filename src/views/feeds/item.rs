//! What an entry says of each row of its feed: paths to what an item has.

use crate::clock::Zone;
use crate::document::TableReader;
use crate::syndication::{Enclosure, FeedAuthor, FeedItem};
use crate::templates::value::Value;
use crate::templates::{Context, escape};
use crate::views::absolute_url::absolute_url;
use crate::views::queries::QueryReader;
use crate::views::rows::{MomentField, RowPath, RowValue};
use crate::views::{HttpError, Request, ViewEntry, render};

/// The parts of an item, and where a row has them.
#[derive(Debug, Default)]
pub(super) struct FeedItemFields {
    title: ItemText,
    description: ItemText,
    /// The page of a row; that of its model's `url` where none is given.
    link: Option<RowPath>,
    author: Option<AuthorPaths>,
    published: Option<MomentField>,
    updated: Option<MomentField>,
    comments: Option<RowPath>,
    guid: Option<RowPath>,
    guid_is_permalink: Option<bool>,
    categories: Option<RowPath>,
    copyright: Option<String>,
    enclosure: Option<EnclosurePaths>,
}

/// A text of an item: a template, a path, or else the row itself as text.
#[derive(Debug, Default)]
enum ItemText {
    Template(String),
    Path(RowPath),
    #[default]
    Row,
}

#[derive(Debug)]
struct AuthorPaths {
    name: RowPath,
    email: Option<RowPath>,
    link: Option<RowPath>,
}

#[derive(Debug)]
struct EnclosurePaths {
    url: RowPath,
    length: Option<RowPath>,
    mime_type: String,
}

impl FeedItemFields {
    /// Reads the table `item` and the templates of the entry; what is wrong with them is reported.
    pub(super) fn read(entry: &ViewEntry<'_, '_>, reader: &QueryReader<'_>) -> Self {
        let table = entry.fields.table("item");
        let keys = table.as_ref();
        let path = |key| RowPath::read(reader, keys?.item(key)?);
        let date = |key| MomentField::read(reader, keys?, key);
        let report = |finding| entry.fields.problems().push(finding);
        let text = |key, template_key| match entry.fields.item(template_key) {
            Some(item) => {
                let template = entry.template_in(item).map_err(report);
                template.map_or(ItemText::Row, ItemText::Template)
            }
            None => path(key).map_or(ItemText::Row, ItemText::Path),
        };
        let fields = Self {
            title: text("title", "title_template"),
            description: text("description", "description_template"),
            link: path("link"),
            author: keys
                .and_then(|keys| keys.table("author"))
                .and_then(|keys| author(reader, keys)),
            published: date("published"),
            updated: date("updated"),
            comments: path("comments"),
            guid: path("guid"),
            guid_is_permalink: keys.and_then(|keys| keys.optional("guid_is_permalink")),
            categories: path("categories"),
            copyright: keys.and_then(|keys| keys.optional("copyright")),
            enclosure: keys
                .and_then(|keys| keys.table("enclosure"))
                .and_then(|keys| enclosure(reader, keys)),
        };
        let has_link = keys.is_some_and(|keys| keys.item("link").is_some());
        if !has_link && reader.model.options.url_template.is_none() {
            let name = &reader.model.name;
            let message = format!("the rows of `{name}` have no page that an item could lead to");
            let finding = entry.view.error("missing-url", message);
            report(finding.hint("give the model a `url`, or the entry `item = { link = ... }`"));
        }
        if let Some(table) = table {
            table.finish();
        }
        fields
    }

    /// The item of `row`.
    pub(super) fn item(
        &self,
        request: &Request<'_>,
        row: &RowValue,
        zone: &Zone,
    ) -> Result<FeedItem, HttpError> {
        let text = |path: &Option<RowPath>| match path {
            Some(path) => path.text(row),
            None => Ok(None),
        };
        let address = |url: Option<String>| url.map(|url| absolute_url(request, &url)).transpose();
        let link = match &self.link {
            Some(path) => path.text(row)?.unwrap_or_default(),
            None => row.absolute_url_text()?,
        };
        let link = absolute_url(request, &link)?;
        let author = self.author.as_ref();
        let moment = |field: &Option<MomentField>| field.as_ref()?.moment(row, zone);
        Ok(FeedItem {
            // Readers show titles as HTML, so that a text is escaped once more, as in Django.
            title: self.title.write(request, row, |text| escape(&text))?,
            description: Some(self.description.write(request, row, |text| text)?),
            author: author
                .map(|author| author.read(request, row))
                .transpose()?
                .flatten(),
            published: moment(&self.published),
            updated: moment(&self.updated),
            comments: address(text(&self.comments)?)?,
            guid: Some(text(&self.guid)?.unwrap_or_else(|| link.clone())),
            guid_is_permalink: self.guid_is_permalink,
            categories: match &self.categories {
                Some(path) => path.texts(row)?,
                None => Vec::new(),
            },
            copyright: self.copyright.clone(),
            enclosure: match &self.enclosure {
                Some(enclosure) => enclosure.read(request, row)?,
                None => None,
            },
            link,
        })
    }
}

impl ItemText {
    /// The text for `row`; `of_row` makes it from the row as text.
    fn write(
        &self,
        request: &Request<'_>,
        row: &RowValue,
        of_row: impl FnOnce(String) -> String,
    ) -> Result<String, HttpError> {
        match self {
            Self::Template(template) => {
                let context = Context::default().with("obj", Value::from_object(row.clone()));
                render(request, template, context)
            }
            Self::Path(path) => Ok(path.text(row)?.unwrap_or_default()),
            Self::Row => Ok(of_row(row.text()?)),
        }
    }
}

impl AuthorPaths {
    fn read(&self, request: &Request<'_>, row: &RowValue) -> Result<Option<FeedAuthor>, HttpError> {
        let Some(name) = self.name.text(row)? else {
            return Ok(None);
        };
        let text = |path: &Option<RowPath>| match path {
            Some(path) => path.text(row),
            None => Ok(None),
        };
        Ok(Some(FeedAuthor {
            name,
            email: text(&self.email)?,
            link: match text(&self.link)? {
                Some(link) => Some(absolute_url(request, &link)?),
                None => None,
            },
        }))
    }
}

impl EnclosurePaths {
    fn read(&self, request: &Request<'_>, row: &RowValue) -> Result<Option<Enclosure>, HttpError> {
        let Some(url) = self.url.text(row)?.filter(|url| !url.is_empty()) else {
            return Ok(None);
        };
        let length = match &self.length {
            Some(path) => path.text(row)?,
            None => None,
        };
        Ok(Some(Enclosure {
            url: absolute_url(request, &url)?,
            length: length
                .and_then(|length| length.parse().ok())
                .unwrap_or_default(),
            mime_type: self.mime_type.clone(),
        }))
    }
}

fn author(reader: &QueryReader<'_>, keys: TableReader<'_>) -> Option<AuthorPaths> {
    let path = |key| keys.item(key).and_then(|item| RowPath::read(reader, item));
    keys.required::<String>("name");
    let (name, email, link) = (path("name"), path("email"), path("link"));
    keys.finish();
    Some(AuthorPaths {
        name: name?,
        email,
        link,
    })
}

fn enclosure(reader: &QueryReader<'_>, keys: TableReader<'_>) -> Option<EnclosurePaths> {
    let path = |key| keys.item(key).and_then(|item| RowPath::read(reader, item));
    keys.required::<String>("url");
    let (url, length) = (path("url"), path("length"));
    let mime_type = keys.required("mime_type").unwrap_or_default();
    keys.finish();
    Some(EnclosurePaths {
        url: url?,
        length,
        mime_type,
    })
}
