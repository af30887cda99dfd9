//! What the client does: a data key of its own, wrapped by the key service; a document sealed here, kept elsewhere, and opened again.
use alloc::{format, string::String, vec::Vec};
use bare::{
    client::{Client, ClientError},
    console,
    machine::{clock::Clock, entropy::Entropy},
    net::Stack,
    reply::Reply,
    url::Url,
};
use base64ct::{Base64, Encoding};
use envelope::{
    envelope::{Envelope, context, data_key},
    kms::{UnwrapRequest, Unwrapped, WrapRequest, Wrapped},
    options::{self, Steps},
    seal::{KEY, Key},
};
use serde::de::DeserializeOwned;
use smoltcp::{
    time::{Duration, Instant},
    wire::Ipv4Address,
};
use zeroize::Zeroizing;

/// Services that start at the same time may not answer yet.
const PATIENCE: Duration = Duration::from_secs(40);
const PAUSE: Duration = Duration::from_millis(500);

struct Flow<'a> {
    options: &'a options::Client,
    stack: Stack,
    http: Client,
    random: Entropy,
    clock: Clock,
    deadline: Instant,
}

/// What to say at the end, in either case.
pub fn run(
    options: &options::Client,
    stack: Stack,
    random: Entropy,
    clock: Clock,
    dns: Option<Ipv4Address>,
) -> Result<String, String> {
    let mut flow = Flow {
        options,
        stack,
        http: Client::new(dns, clock),
        random,
        clock,
        deadline: clock.now() + PATIENCE,
    };
    let name = &options.name;
    match options.steps {
        Steps::Seal => flow.seal()?,
        Steps::Open => flow.open()?,
        Steps::SealAndOpen => {
            flow.seal()?;
            flow.open()?;
        }
    }
    Ok(match options.steps {
        Steps::Seal => format!("sealed {name}, and left it in the store"),
        _ => format!("opened {name}: it is what was sealed"),
    })
}

impl Flow<'_> {
    fn seal(&mut self) -> Result<(), String> {
        let no_entropy = "the entropy ran out";
        let mut random = |bytes: &mut [u8]| self.random.fill(bytes).is_ok();
        let key = data_key(&mut random).ok_or(no_entropy)?;
        let request = WrapRequest {
            key: Zeroizing::new(Base64::encode_string(&*key)),
            context: context(&self.options.name),
        };
        let kms = self.options.kms.join("wrap");
        let Wrapped { wrapped } = self
            .call("wrap", "POST", &kms, &json(&request)?, 200)
            .and_then(|r| read(&r))?;
        let version = wrapped.rsplit_once('.').map_or("", |(header, _)| header);
        console!("envelope: data key wrapped as {version}");
        let mut random = |bytes: &mut [u8]| self.random.fill(bytes).is_ok();
        let envelope =
            Envelope::seal(&mut random, &key, wrapped, &self.options.text).ok_or(no_entropy)?;
        let place = self.place();
        self.call("store", "PUT", &place, &json(&envelope)?, 201)?;
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        let place = self.place();
        let envelope: Envelope = self
            .call("fetch", "GET", &place, "", 200)
            .and_then(|r| read(&r))?;
        let request = UnwrapRequest {
            wrapped: envelope.wrapped.clone(),
            context: context(&self.options.name),
        };
        let kms = self.options.kms.join("unwrap");
        let Unwrapped { key } = self
            .call("unwrap", "POST", &kms, &json(&request)?, 200)
            .and_then(|r| read(&r))?;
        let key = decoded(&key).ok_or("unwrap: the answer is no key")?;
        let text: Zeroizing<Vec<u8>> = envelope
            .open(&key)
            .ok_or("the document was changed since it was sealed")?;
        if text.as_slice() != self.options.text.as_bytes() {
            return Err("the document opens, and is another one".into());
        }
        Ok(())
    }

    fn place(&self) -> Url {
        self.options
            .store
            .join("documents")
            .join(&self.options.name)
    }

    /// Repeats what got no answer; an answer is final.
    fn call(
        &mut self,
        what: &str,
        method: &str,
        url: &Url,
        body: &str,
        wanted: u16,
    ) -> Result<Reply, String> {
        loop {
            let error = match self.http.request(&mut self.stack, method, url, body) {
                Ok(reply) if reply.status == wanted => return Ok(reply),
                Ok(reply) => {
                    return Err(format!(
                        "{what} failed: {} {}",
                        reply.status,
                        reply.excerpt()
                    ));
                }
                Err(error) => error,
            };
            if error == ClientError::NoResolver || self.clock.now() + PAUSE >= self.deadline {
                return Err(format!(
                    "{what} failed: http://{}:{}: {error}",
                    url.host, url.port
                ));
            }
            self.http.pause(&mut self.stack, PAUSE);
        }
    }
}

fn json(value: &impl serde::Serialize) -> Result<Zeroizing<String>, String> {
    serde_json::to_string(value)
        .map(Zeroizing::new)
        .map_err(|e| format!("{e}"))
}

fn read<T: DeserializeOwned>(reply: &Reply) -> Result<T, String> {
    serde_json::from_slice(&reply.body).map_err(|_| "the answer is not what was asked for".into())
}

fn decoded(text: &str) -> Option<Key> {
    let mut key = Zeroizing::new([0; KEY]);
    let length = Base64::decode(text, &mut *key).ok()?.len();
    (length == KEY).then_some(key)
}
