//! What a serializer works with.

use crate::clock::Zone;
use crate::db::Connection;
use crate::models::Registry;
use crate::views::Request;

/// What a serializer works with.
#[derive(Clone, Copy)]
pub(in crate::api) struct SerializerContext<'c, 's> {
    pub(in crate::api) registry: &'c Registry,
    pub(in crate::api) connection: &'c Connection,
    /// The zone of moments without an offset, and of moments that are shown.
    pub(in crate::api) zone: &'c Zone,
    /// The request that addresses are written for.
    pub(in crate::api) request: Option<&'c Request<'s>>,
}
