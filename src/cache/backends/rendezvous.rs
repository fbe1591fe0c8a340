//! Which of several servers keeps a key, as the client of Python decides it that Django uses by default.

use memcache::exp::Router;

/// Rendezvous hashing: of all servers the one whose name and the key together have the highest hash (`MurmurHash3`).
#[derive(Clone, Copy, Debug)]
pub(super) struct MurmurRendezvous;

impl Router for MurmurRendezvous {
    fn route(&self, key: &[u8], servers: &[String]) -> usize {
        let key = String::from_utf8_lossy(key);
        let score = |server: &String| murmur3(&low_bytes(&format!("{server}-{key}")));
        let scored = servers.iter().enumerate();
        // Of two servers with one hash it is the one whose name is later in the alphabet.
        let best = scored.max_by_key(|(_, server)| (score(server), *server));
        best.map_or(0, |(index, _)| index)
    }
}

/// Of each character the low eight bits of its number: Python's client hashes those, not an encoding.
fn low_bytes(text: &str) -> Vec<u8> {
    let low = |character| u32::from(character).to_le_bytes()[0];
    text.chars().map(low).collect()
}

/// `MurmurHash3` of 32 bits, with the seed 0.
fn murmur3(bytes: &[u8]) -> u32 {
    let mut hash = 0_u32;
    let chunks = bytes.chunks_exact(4);
    let tail = chunks.remainder();
    for chunk in chunks {
        let block = chunk
            .iter()
            .rev()
            .fold(0, |block, byte| block << 8 | u32::from(*byte));
        hash = (hash ^ scrambled(block)).rotate_left(13);
        hash = hash.wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    let rest = tail
        .iter()
        .rev()
        .fold(0, |block, byte| block << 8 | u32::from(*byte));
    hash ^= scrambled(rest);
    hash ^= u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

fn scrambled(block: u32) -> u32 {
    block
        .wrapping_mul(0xcc9e_2d51)
        .rotate_left(15)
        .wrapping_mul(0x1b87_3593)
}

#[cfg(test)]
mod tests {
    use memcache::exp::Router as _;

    use super::{MurmurRendezvous, low_bytes, murmur3};

    /// Values of pymemcache 4.0, `murmur3_32`.
    #[test]
    fn hashes_as_the_client_of_python() {
        for (text, hash) in [
            ("", 0x0),
            ("a", 0x3c25_69b2),
            ("ab", 0x9bbf_d75f),
            ("abc", 0xb3dd_93fa),
            ("abcd", 0x43ed_676a),
            ("abcde", 0xe89b_9af6),
            ("10.0.0.1:11211-:1:k0", 0xe969_424e),
            ("ключ", 0x0a3a_b7ef),
            ("日本語テキスト", 0x3284_62d5),
            ("\u{7f}ÿĀ", 0xb556_a28c),
        ] {
            assert_eq!(murmur3(&low_bytes(text)), hash, "{text}");
        }
    }

    /// Which server `RendezvousHash` of pymemcache 4.0 takes.
    #[test]
    fn keys_go_to_the_server_that_the_client_of_python_takes() {
        let servers = [
            "10.0.0.1:11211",
            "10.0.0.2:11211",
            "cache.example.com:11211",
        ];
        let servers = servers.map(str::to_owned);
        let keys = [
            "a",
            "b",
            "c",
            ":1:k0",
            ":1:k1",
            ":1:k2",
            "pre:2:ключ",
            ":1:日本",
            "",
            "x y",
        ];
        let routed = keys.map(|key| MurmurRendezvous.route(key.as_bytes(), &servers));
        assert_eq!(routed, [1, 0, 2, 1, 2, 2, 0, 2, 1, 2]);
    }
}
