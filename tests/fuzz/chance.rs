//! What chance makes of a text that is sound.

/// What parsers have stumbled over before.
const STUMBLING_BLOCKS: &[&str] = &[
    "\0",
    "\u{feff}",
    "é",
    "\u{1f600}",
    "\u{202e}",
    "\u{2028}",
    "\r\n",
    "\n",
    "\t",
    " ",
    "\\",
    "\"",
    "'",
    "\"\"\"",
    "''",
    "%",
    "%00",
    "%ff",
    "&",
    ";",
    "=",
    ",",
    ":",
    ".",
    "..",
    "/",
    "//",
    "#",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "(",
    ")",
    "<",
    ">",
    "-",
    "--",
    "+",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775809",
    "99999999999999999999999999",
    "1e999",
    "NaN",
    "1_0",
    "0x10",
    "true",
    "null",
    "\\ud83d",
    "\\u0000",
    "\u{7f}",
    "$",
    "${X}",
    "`",
    "*",
    "?",
    "_",
    "__",
    "~",
];

/// Numbers that look like chance, and are the same each time for the same seed (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    /// Begins at `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`; 0 where that is 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(number).unwrap() % end.max(1)
    }

    /// One of `seeds`, changed in up to six places.
    pub(crate) fn mutated(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut data = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(6) {
            self.change(&mut data, seeds);
        }
        data
    }

    fn change(&mut self, data: &mut Vec<u8>, seeds: &[Vec<u8>]) {
        let start = self.below(data.len() + 1);
        let end = (start + self.below(12)).min(data.len());
        match self.below(7) {
            0 => drop(data.drain(start..end)),
            1 => data.insert(start, u8::try_from(self.below(256)).unwrap()),
            2 if start < end => data[start] = u8::try_from(self.below(256)).unwrap(),
            3 => {
                let part = data[start..end].to_vec();
                let times = self.below(4) * self.below(40);
                data.splice(start..start, part.repeat(times));
            }
            4 => {
                let other = &seeds[self.below(seeds.len())];
                let from = self.below(other.len() + 1);
                let to = (from + self.below(60)).min(other.len());
                data.splice(start..start, other[from..to].iter().copied());
            }
            5 => data.truncate(start),
            _ => {
                let block = STUMBLING_BLOCKS[self.below(STUMBLING_BLOCKS.len())];
                let times = if self.below(50) == 0 { 5000 } else { 1 };
                data.splice(start..start, block.repeat(times).into_bytes());
            }
        }
    }
}
