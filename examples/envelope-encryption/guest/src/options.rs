//! What this guest is, from its arguments: `kms`, `store`, or `client` with options.
use crate::store::is_name;
use alloc::{
    format,
    string::{String, ToString},
};
use bare::url::Url;

#[derive(Debug, PartialEq, Eq)]
pub enum Role {
    /// Keys are files in this directory.
    Kms {
        keys: String,
    },
    Store,
    Client(Client),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Client {
    pub kms: Url,
    pub store: Url,
    pub name: String,
    pub text: String,
    pub steps: Steps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Steps {
    SealAndOpen,
    /// Leaves the document in the store.
    Seal,
    /// Takes what an earlier run left there.
    Open,
}

const DEFAULT_TEXT: &str = "the quick brown fox jumps over the lazy dog";

impl Role {
    pub fn parse(args: &[String]) -> Result<Self, String> {
        let (role, rest) = args.split_first().ok_or("want kms, store or client")?;
        let options = Options { args: rest };
        match role.as_str() {
            "kms" => Ok(Role::Kms {
                keys: options
                    .get("--keys", &["--keys"])?
                    .unwrap_or("/kek")
                    .to_string(),
            }),
            "store" => Ok(Role::Store),
            "client" => client(&options).map(Role::Client),
            other => Err(format!("{other}: want kms, store or client")),
        }
    }
}

fn client(options: &Options) -> Result<Client, String> {
    const KNOWN: &[&str] = &["--kms", "--store", "--name", "--text", "--only"];
    let url = |key: &str| {
        let text = options
            .get(key, KNOWN)?
            .ok_or(format!("{key}: want a URL"))?;
        Url::parse(text)
    };
    let name = options.get("--name", KNOWN)?.unwrap_or("note").to_string();
    if !is_name(&name) {
        return Err(format!("--name {name}: want a-z, 0-9 and -, at most 64"));
    }
    Ok(Client {
        kms: url("--kms")?,
        store: url("--store")?,
        name,
        text: options
            .get("--text", KNOWN)?
            .unwrap_or(DEFAULT_TEXT)
            .to_string(),
        steps: match options.get("--only", KNOWN)? {
            None => Steps::SealAndOpen,
            Some("seal") => Steps::Seal,
            Some("open") => Steps::Open,
            Some(other) => return Err(format!("--only {other}: want seal or open")),
        },
    })
}

struct Options<'a> {
    args: &'a [String],
}

impl<'a> Options<'a> {
    fn get(&self, key: &str, known: &[&str]) -> Result<Option<&'a str>, String> {
        let mut found = None;
        for pair in self.args.chunks(2) {
            let [name, value] = pair else {
                return Err(format!("{}: its value is missing", pair[0]));
            };
            if !known.contains(&name.as_str()) {
                return Err(format!("{name}: unknown; there are {}", known.join(", ")));
            }
            if name == key {
                found = Some(value.as_str());
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn parse(line: &str) -> Result<Role, String> {
        let args: Vec<String> = bare::words::split(line).unwrap();
        Role::parse(&args)
    }

    #[test]
    fn reads_each_role() {
        assert_eq!(
            parse("kms").unwrap(),
            Role::Kms {
                keys: "/kek".into()
            }
        );
        assert_eq!(
            parse("kms --keys /k").unwrap(),
            Role::Kms { keys: "/k".into() }
        );
        assert_eq!(parse("store").unwrap(), Role::Store);
        let Role::Client(client) =
            parse("client --kms http://k --store http://s --only open --text 'a b'").unwrap()
        else {
            panic!("a client");
        };
        assert_eq!(
            (client.name.as_str(), client.text.as_str(), client.steps),
            ("note", "a b", Steps::Open)
        );
    }

    #[test]
    fn refuses_what_it_does_not_understand() {
        for line in [
            "",
            "clerk",
            "kms --key /k",
            "kms --keys",
            "client",
            "client --kms k --store http://s",
            "client --kms http://k --store http://s --name A",
            "client --kms http://k --store http://s --only x",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
