//! The content types of models.
