//! Values of fields as templates see them: each prints as Django prints it.

mod decimal;
mod duration;
mod from_field;
mod number;
mod temporal;

pub use decimal::DecimalValue;
pub use duration::DurationValue;
pub use from_field::from_field;
pub(in crate::templates) use number::number;
pub use temporal::TemporalValue;
