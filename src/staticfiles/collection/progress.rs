//! Who is told how far a run is.

/// Who is told how far a run is, by several threads.
pub trait CollectProgress: Sync {
    /// All files are copied, and so many are to be compressed.
    fn begin_compression(&self, count: usize);

    /// A file is copied, or compressed.
    fn step(&self);
}
