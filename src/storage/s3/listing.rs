//! The objects of a bucket, page by page.

use rusty_s3::actions::ListObjectsV2;
use rusty_s3::actions::list_objects_v2::{ListObjectsContent, ListObjectsV2Response};

use crate::storage::s3::client::{Payload, S3Client};
use crate::storage::s3::error::S3Error;

/// Which objects are listed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Depth {
    /// Those of one directory, and the directories in it.
    Directory,
    /// All.
    Whole,
}

/// The objects whose keys begin with `prefix`, in pages of 1,000.
pub(super) struct ObjectPages<'p> {
    client: &'p S3Client,
    prefix: &'p str,
    depth: Depth,
    next: NextListing,
}

/// The page that is to be asked for.
#[derive(Debug)]
enum NextListing {
    First,
    /// The one that this token leads to.
    After(String),
    /// There are no more.
    Done,
}

impl<'p> ObjectPages<'p> {
    pub(super) fn new(client: &'p S3Client, prefix: &'p str, depth: Depth) -> Self {
        Self {
            client,
            prefix,
            depth,
            next: NextListing::First,
        }
    }

    fn page(&self, token: Option<&str>) -> Result<ListObjectsV2Response, S3Error> {
        let client = self.client;
        let mut action = ListObjectsV2::new(&client.bucket, client.credentials.as_ref());
        action.with_prefix(self.prefix);
        if let Depth::Directory = self.depth {
            action.with_delimiter("/");
        }
        if let Some(token) = token {
            action.with_continuation_token(token);
        }
        let document = client.document(action, Payload::Empty)?;
        let page = ListObjectsV2::parse_response(&document);
        page.map_err(|error| S3Error::Unreadable(error.to_string()))
    }
}

impl Iterator for ObjectPages<'_> {
    type Item = Result<ListObjectsV2Response, S3Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let token = match std::mem::replace(&mut self.next, NextListing::Done) {
            NextListing::First => None,
            NextListing::After(token) => Some(token),
            NextListing::Done => return None,
        };
        let page = self.page(token.as_deref());
        if let Ok(page) = &page {
            let next = page.next_continuation_token.clone();
            // A service that leads in a circle would never end.
            if let Some(next) = next.filter(|next| token.as_ref() != Some(next)) {
                self.next = NextListing::After(next);
            }
        }
        Some(page)
    }
}

/// The key of an object below `prefix`, without it; `None` for the mark that some tools make for a directory.
pub(super) fn key_below<'k>(object: &'k ListObjectsContent, prefix: &str) -> Option<&'k str> {
    let key = object.key.strip_prefix(prefix)?;
    (!key.is_empty() && !key.ends_with('/')).then_some(key)
}
