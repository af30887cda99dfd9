//! The key-encryption keys, and wrapping with them. A wrapped key is `skete1.VERSION.BASE64URL(nonce, ciphertext, tag)`; what stands
//! before the second dot, and the caller's context, are associated data.
use crate::{
    Random,
    seal::{self, KEY, Key, NONCE, TAG},
};
use alloc::{
    collections::BTreeMap,
    format,
    string::{String, ToString},
    vec::Vec,
};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use core::ops::RangeInclusive;
use zeroize::Zeroizing;

const FORMAT: &str = "skete1";
/// The file that names the version to wrap with.
const CURRENT: &str = "current";
const LONGEST_VERSION: usize = 16;
const MOST_VERSIONS: usize = 64;
/// Bytes of a data key.
pub const DATA_KEY: RangeInclusive<usize> = 16..=64;

#[derive(Debug, PartialEq, Eq)]
pub enum UnwrapError {
    Malformed,
    UnknownVersion,
    /// Changed on its way, or another context, or another key: it cannot be told which.
    NotAuthentic,
}

#[derive(Debug)]
pub struct KeyRing {
    keys: BTreeMap<String, Key>,
    current: String,
}

impl KeyRing {
    /// From files: one per version, 32 bytes in base64, and `current`. Errors name files, never what is in a key's.
    pub fn read(files: Vec<(String, Vec<u8>)>) -> Result<Self, String> {
        let (mut keys, mut current) = (BTreeMap::<String, Key>::new(), None);
        for (name, content) in files {
            let content = Zeroizing::new(content);
            if name == CURRENT {
                let version = core::str::from_utf8(&content).map_err(|_| "current: not text")?;
                current = Some(version.trim().to_string());
                continue;
            }
            if !is_version(&name) {
                return Err(format!(
                    "{name}: want a version of a-z, 0-9 and -, at most {LONGEST_VERSION}"
                ));
            }
            let key = key(&content).ok_or_else(|| format!("{name}: want {KEY} bytes in base64"))?;
            if let Some((same, _)) = keys.iter().find(|(_, other)| ***other == *key) {
                return Err(format!("{name}: the same key as {same}"));
            }
            keys.insert(name, key);
        }
        let current = current.ok_or("no file current, which names the version to wrap with")?;
        if !keys.contains_key(&current) {
            return Err(format!("current: there is no key {current}"));
        }
        if keys.len() > MOST_VERSIONS {
            return Err(format!("more than {MOST_VERSIONS} keys"));
        }
        Ok(KeyRing { keys, current })
    }

    pub fn current(&self) -> &str {
        &self.current
    }

    pub fn versions(&self) -> Vec<&str> {
        self.keys.keys().map(String::as_str).collect()
    }

    /// None: no random nonce could be had.
    pub fn wrap(&self, random: Random, data_key: &[u8], context: &str) -> Option<String> {
        let mut nonce = [0; NONCE];
        if !random(&mut nonce) {
            return None;
        }
        let header = format!("{FORMAT}.{}", self.current);
        let sealed = seal::seal(
            &self.keys[&self.current],
            &nonce,
            &associated(&header, context),
            data_key,
        );
        Some(format!(
            "{header}.{}",
            Base64UrlUnpadded::encode_string(&sealed)
        ))
    }

    pub fn unwrap(&self, wrapped: &str, context: &str) -> Result<Zeroizing<Vec<u8>>, UnwrapError> {
        let (header, sealed) = wrapped.rsplit_once('.').ok_or(UnwrapError::Malformed)?;
        let version = header
            .strip_prefix(FORMAT)
            .and_then(|rest| rest.strip_prefix('.'))
            .filter(|version| is_version(version))
            .ok_or(UnwrapError::Malformed)?;
        let sealed = Base64UrlUnpadded::decode_vec(sealed).map_err(|_| UnwrapError::Malformed)?;
        let length = sealed.len().checked_sub(NONCE + TAG);
        if !length.is_some_and(|length| DATA_KEY.contains(&length)) {
            return Err(UnwrapError::Malformed);
        }
        let key = self.keys.get(version).ok_or(UnwrapError::UnknownVersion)?;
        seal::open(key, &associated(header, context), &sealed).ok_or(UnwrapError::NotAuthentic)
    }
}

/// A header has no NUL, so no two pairs have the same bytes.
fn associated(header: &str, context: &str) -> Vec<u8> {
    [header.as_bytes(), &[0], context.as_bytes()].concat()
}

fn is_version(text: &str) -> bool {
    let sane = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-');
    (1..=LONGEST_VERSION).contains(&text.len()) && text != CURRENT && text.bytes().all(sane)
}

fn key(content: &[u8]) -> Option<Key> {
    let mut key = Zeroizing::new([0; KEY]);
    let decoded = Base64::decode(content.trim_ascii(), &mut *key).ok()?.len();
    (decoded == KEY).then_some(key)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use alloc::vec;

    const V1: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const V2: &str = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=\n";

    pub fn ring(files: &[(&str, &str)]) -> Result<KeyRing, String> {
        let files = files
            .iter()
            .map(|(name, text)| (name.to_string(), text.as_bytes().to_vec()));
        KeyRing::read(files.collect())
    }

    pub fn rotated() -> KeyRing {
        ring(&[("v1", V1), ("v2", V2), ("current", "v2\n")]).unwrap()
    }

    pub fn counting(bytes: &mut [u8]) -> bool {
        (0u8..).zip(bytes).for_each(|(i, byte)| *byte = i);
        true
    }

    #[test]
    fn a_key_wrapped_before_the_rotation_unwraps_after_it() {
        let before = ring(&[("v1", V1), ("current", "v1")]).unwrap();
        let old = before.wrap(&mut counting, &[5; 32], "a").unwrap();
        let new = rotated().wrap(&mut counting, &[5; 32], "a").unwrap();
        assert!(old.starts_with("skete1.v1.") && new.starts_with("skete1.v2."));
        assert_eq!(*rotated().unwrap(&old, "a").unwrap(), vec![5; 32]);
        assert_eq!(*rotated().unwrap(&new, "a").unwrap(), vec![5; 32]);
        assert_eq!(before.unwrap(&new, "a"), Err(UnwrapError::UnknownVersion));
    }

    #[test]
    fn another_context_or_version_is_not_authentic() {
        let wrapped = rotated().wrap(&mut counting, &[5; 32], "a").unwrap();
        assert_eq!(
            rotated().unwrap(&wrapped, "b"),
            Err(UnwrapError::NotAuthentic)
        );
        let moved = wrapped.replace(".v2.", ".v1.");
        assert_eq!(
            rotated().unwrap(&moved, "a"),
            Err(UnwrapError::NotAuthentic)
        );
    }

    #[test]
    fn what_is_no_wrapped_key_is_malformed() {
        let wrapped = rotated().wrap(&mut counting, &[5; 32], "a").unwrap();
        let (_, sealed) = wrapped.rsplit_once('.').unwrap();
        for text in [
            "",
            "skete1",
            "skete1.v1",
            "skete1.v1.",
            "skete1.v1.AAAA",
            "skete1.v1.%%%%",
            "skete1..AAAA",
        ] {
            assert_eq!(
                rotated().unwrap(text, "a"),
                Err(UnwrapError::Malformed),
                "{text}"
            );
        }
        for header in [
            "skete2.v2",
            "skete1.V2",
            "skete1.v2.v2",
            "v2",
            "skete1.current",
        ] {
            let text = format!("{header}.{sealed}");
            assert_eq!(
                rotated().unwrap(&text, "a"),
                Err(UnwrapError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn without_randomness_nothing_is_wrapped() {
        assert_eq!(rotated().wrap(&mut |_| false, &[5; 32], "a"), None);
    }

    #[test]
    fn bad_keys_are_named_and_not_shown() {
        let table: &[(&[(&str, &str)], &str)] = &[
            (&[], "no file current, which names the version to wrap with"),
            (
                &[("v1", V1)],
                "no file current, which names the version to wrap with",
            ),
            (
                &[("v1", V1), ("current", "v2")],
                "current: there is no key v2",
            ),
            (
                &[("v1", "c2hvcnQ="), ("current", "v1")],
                "v1: want 32 bytes in base64",
            ),
            (
                &[("v1", "secret!"), ("current", "v1")],
                "v1: want 32 bytes in base64",
            ),
            (
                &[("V1", V1)],
                "V1: want a version of a-z, 0-9 and -, at most 16",
            ),
            (&[("v1", V1), ("v2", V1)], "v2: the same key as v1"),
        ];
        for (files, error) in table {
            assert_eq!(&ring(files).unwrap_err(), error);
        }
    }
}
