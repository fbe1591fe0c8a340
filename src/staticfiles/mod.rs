//! Static files: finders, collection, serving.
