//! Models as data: fields, options, state.
