//! A document with the wrapped key it was encrypted with.
use crate::{
    Random,
    seal::{self, KEY, Key, NONCE},
};
use alloc::{format, string::String, vec::Vec};
use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

#[derive(Debug, Deserialize, Serialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    pub wrapped: String,
    /// Base64 of nonce, ciphertext and tag.
    pub sealed: String,
}

/// What a document's key is wrapped for: another document's key does not unwrap in its place.
pub fn context(name: &str) -> String {
    format!("document/{name}")
}

/// None: no random numbers.
pub fn data_key(random: Random) -> Option<Key> {
    let mut key = Zeroizing::new([0; KEY]);
    random(&mut *key).then_some(key)
}

impl Envelope {
    /// The wrapped key is associated data: a document and the key of another one do not open.
    pub fn seal(random: Random, key: &Key, wrapped: String, text: &str) -> Option<Self> {
        let mut nonce = [0; NONCE];
        if !random(&mut nonce) {
            return None;
        }
        let sealed = seal::seal(key, &nonce, wrapped.as_bytes(), text.as_bytes());
        let sealed = Base64::encode_string(&sealed);
        Some(Envelope { wrapped, sealed })
    }

    pub fn open(&self, key: &Key) -> Option<Zeroizing<Vec<u8>>> {
        let sealed = Base64::decode_vec(&self.sealed).ok()?;
        seal::open(key, self.wrapped.as_bytes(), &sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::tests::counting;

    #[test]
    fn opens_only_with_its_own_key_and_its_own_wrapped_key() {
        let key = data_key(&mut counting).unwrap();
        let mut envelope = Envelope::seal(&mut counting, &key, "w".into(), "text").unwrap();
        assert!(!envelope.sealed.contains("text"));
        assert_eq!(&envelope.open(&key).unwrap()[..], b"text");
        assert!(envelope.open(&Zeroizing::new([1; KEY])).is_none());
        envelope.wrapped = "v".into();
        assert!(envelope.open(&key).is_none());
        envelope.sealed = "no base64".into();
        assert!(envelope.open(&key).is_none());
    }

    #[test]
    fn without_randomness_there_is_no_key_and_no_envelope() {
        assert!(data_key(&mut |_| false).is_none());
        assert!(
            Envelope::seal(&mut |_| false, &Zeroizing::new([1; KEY]), "w".into(), "x").is_none()
        );
    }
}
