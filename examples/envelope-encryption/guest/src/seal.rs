//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03). A nonce of 192 bits may be random for any number of messages, so
//! replicas share a key without a common counter; and it runs in constant time on any CPU, emulated ones too, where
//! AES without instructions for it is slow or has tables.
use alloc::vec::Vec;
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use zeroize::Zeroizing;

pub const KEY: usize = 32;
pub const NONCE: usize = 24;
pub const TAG: usize = 16;

pub type Key = Zeroizing<[u8; KEY]>;

/// Nonce, ciphertext, tag. A nonce is random and used once.
pub fn seal(key: &Key, nonce: &[u8; NONCE], context: &[u8], plain: &[u8]) -> Vec<u8> {
    let message = Payload {
        msg: plain,
        aad: context,
    };
    let sealed = XChaCha20Poly1305::new((&**key).into())
        .encrypt(XNonce::from_slice(nonce), message)
        .expect("a message of less than 256 GiB");
    [nonce.as_slice(), &sealed].concat()
}

/// None: not what `seal` made with this key and context. The tag is compared in constant time, before anything is decrypted.
pub fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, message) = sealed.split_at_checked(NONCE)?;
    let message = Payload {
        msg: message,
        aad: context,
    };
    let plain = XChaCha20Poly1305::new((&**key).into()).decrypt(XNonce::from_slice(nonce), message);
    plain.ok().map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use core::fmt::Write;

    #[test]
    fn seals_as_the_draft_does() {
        let key = Zeroizing::new(core::array::from_fn(|i| 0x80 + i as u8));
        let nonce = core::array::from_fn(|i| 0x40 + i as u8);
        let context = [
            0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        ];
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
            sunscreen would be it.";
        let sealed = seal(&key, &nonce, &context, plain);
        let mut hex = String::new();
        sealed[NONCE..]
            .iter()
            .for_each(|b| write!(hex, "{b:02x}").unwrap());
        assert_eq!(
            hex,
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb\
             731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452\
             2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9\
             21f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
        );
        assert_eq!(&open(&key, &context, &sealed).unwrap()[..], plain);
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let key = Zeroizing::new([7; KEY]);
        let sealed = seal(&key, &[9; NONCE], b"context", b"plain");
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, b"context", &changed).is_none(), "bit {bit}");
        }
        assert!(open(&key, b"Context", &sealed).is_none());
        assert!(open(&Zeroizing::new([8; KEY]), b"context", &sealed).is_none());
        for length in 0..sealed.len() {
            assert!(
                open(&key, b"context", &sealed[..length]).is_none(),
                "{length}"
            );
        }
    }
}
