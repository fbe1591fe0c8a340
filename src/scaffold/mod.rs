//! Projects and apps rendered from scaffolds.
