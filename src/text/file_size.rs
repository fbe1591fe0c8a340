//! Sizes of files as people read them.

/// A number of bytes as Django writes it, with an ordinary space: `13.0 KB`.
#[expect(
    clippy::cast_precision_loss,
    reason = "one digit behind the point is shown"
)]
pub fn file_size(bytes: u128) -> String {
    const UNITS: [&str; 5] = ["KB", "MB", "GB", "TB", "PB"];
    if bytes < 1024 {
        let plural = if bytes == 1 { "" } else { "s" };
        return format!("{bytes} byte{plural}");
    }
    let mut size = bytes as f64 / 1024.0;
    let mut unit = UNITS[0];
    for larger in &UNITS[1..] {
        if size >= 1024.0 {
            size /= 1024.0;
            unit = larger;
        }
    }
    // Of a very large one as many digits as a float has, and zeros.
    let shown = if size < 1e16 {
        format!("{size:.1}")
    } else {
        format!("{size}.0")
    };
    format!("{shown} {unit}")
}
