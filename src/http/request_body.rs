//! What a request brought.

use zeroize::Zeroize as _;

use crate::http::{FormData, FormError};

/// What a request brought.
#[derive(Clone, Debug)]
pub enum RequestBody {
    /// Bytes, as they came.
    Bytes(Vec<u8>),
    /// A form that was read while it came, or why it cannot be read.
    Form(Result<FormData, FormError>),
}

impl RequestBody {
    /// The bytes, as they came; none of a form that was read while it came.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Form(_) => &[],
        }
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

/// It may hold a password.
impl Drop for RequestBody {
    fn drop(&mut self) {
        if let Self::Bytes(bytes) = self {
            bytes.zeroize();
        }
    }
}
