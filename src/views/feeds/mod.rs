//! `syndication.feed`: news of rows as RSS or Atom (`django.contrib.syndication`).
//!
//! `channel` is what an entry says of the feed as a whole, `item` what it says of each row.

mod channel;
mod item;

use crate::clock::{self, Zone};
use crate::diagnostic::Finding;
use crate::http::{Method, Response, date};
use crate::models::ModelSet as _;
use crate::syndication::write_feed;
use crate::views::feeds::channel::FeedChannel;
use crate::views::feeds::item::FeedItemFields;
use crate::views::queries::{QueryReader, RequestQuery};
use crate::views::rows::{QueryValue, RowValue};
use crate::views::{HttpError, RegisteredView, Request, View, ViewEntry};

/// The views of feeds.
pub const VIEWS: &[RegisteredView] = &[("syndication.feed", build)];

#[derive(Debug)]
struct FeedView {
    query: RequestQuery,
    channel: FeedChannel,
    items: FeedItemFields,
}

/// Reads the options of `syndication.feed`.
fn build(entry: &ViewEntry<'_, '_>) -> Result<Box<dyn View>, Finding> {
    let found = entry.required_model()?;
    let reader = QueryReader {
        registry: found.registry,
        model: found.model,
        problems: entry.fields.problems(),
    };
    let query = reader.query(entry.fields);
    let channel = FeedChannel::read(entry);
    let items = FeedItemFields::read(entry, &reader);
    Ok(Box::new(FeedView {
        query,
        channel,
        items,
    }))
}

impl View for FeedView {
    fn respond(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        match request.method {
            Method::Get | Method::Head => self.feed(request),
            Method::Options => Ok(Response::options(self.allowed())),
            _ => Ok(Response::method_not_allowed(self.allowed())),
        }
    }

    fn captured_names(&self) -> Vec<&str> {
        self.query.captured_names().collect()
    }

    fn pattern_names(&self) -> Vec<&str> {
        self.channel.pattern_name().into_iter().collect()
    }
}

impl FeedView {
    fn feed(&self, request: &Request<'_>) -> Result<Response, HttpError> {
        let loader = &request.state.rows;
        let rows = QueryValue::new(loader, self.query.bind(request)?).rows()?;
        let zone: &Zone = loader.registry().time_zone();
        let mut feed = self.channel.feed(request)?;
        if let Some(rows) = rows {
            for index in 0..rows.len() {
                let row = RowValue::new(std::sync::Arc::clone(&rows), index);
                feed.items.push(self.items.item(request, &row, zone)?);
            }
        }
        let format = self.channel.format;
        let text = write_feed(&feed, format, clock::now());
        let mut response = Response::new(200, format.content_type(), text);
        if let Some(latest) = feed.latest_date() {
            response
                .headers
                .set("Last-Modified", date::format(latest.into()));
        }
        Ok(response)
    }
}
