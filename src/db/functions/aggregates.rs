//! Variance and standard deviation.

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::{Connection, Result};

use crate::db::functions::arguments::Arguments;

/// Which function of the squares of differences from the mean.
#[derive(Clone, Copy)]
struct Spread {
    /// Whether the values are a sample of others.
    is_sample: bool,
    /// Whether the root is taken.
    is_deviation: bool,
}

pub(super) fn register(connection: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, is_sample, is_deviation) in [
        ("STDDEV_POP", false, true),
        ("STDDEV_SAMP", true, true),
        ("VAR_POP", false, false),
        ("VAR_SAMP", true, false),
    ] {
        let spread = Spread {
            is_sample,
            is_deviation,
        };
        connection.create_aggregate_function(name, 1, flags, spread)?;
    }
    Ok(())
}

impl Aggregate<Vec<f64>, Option<f64>> for Spread {
    fn init(&self, _: &mut Context<'_>) -> Result<Vec<f64>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, values: &mut Vec<f64>) -> Result<()> {
        let arguments = Arguments::new(context);
        if !arguments.has_null() {
            values.push(arguments.number(0)?);
        }
        Ok(())
    }

    /// Without enough values there is no spread.
    fn finalize(&self, _: &mut Context<'_>, values: Option<Vec<f64>>) -> Result<Option<f64>> {
        let values = values.unwrap_or_default();
        let count: f64 = values.iter().map(|_| 1.0).sum();
        let divisor = if self.is_sample { count - 1.0 } else { count };
        if divisor <= 0.0 {
            return Ok(None);
        }
        let mean = values.iter().sum::<f64>() / count;
        let squares = values.iter().map(|value| (value - mean) * (value - mean));
        let variance = squares.sum::<f64>() / divisor;
        Ok(Some(if self.is_deviation {
            variance.sqrt()
        } else {
            variance
        }))
    }
}
