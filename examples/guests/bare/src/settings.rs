//! The guest's command line: `KEY=VALUE` words, then `--` and the application's arguments.
use crate::words;
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use core::str::FromStr;
use smoltcp::wire::{Ipv4Address, Ipv4Cidr};

/// On microvm without ACPI, QEMU appends one such word per device, after the arguments too.
const APPENDED_BY_QEMU: &str = "virtio_mmio.device=";

#[derive(Debug, PartialEq, Eq)]
pub struct Settings {
    pub name: String,
    /// None: ask DHCP.
    pub address: Option<Ipv4Cidr>,
    pub gateway: Option<Ipv4Address>,
    pub mtu: Option<usize>,
    /// Who resolves names.
    pub dns: Option<Ipv4Address>,
    pub port: u16,
    pub env: BTreeMap<String, String>,
    pub args: Vec<String>,
}

impl Settings {
    /// Words with an unknown key are left alone, as kernels do.
    pub fn parse(line: &str, default_name: &str) -> Result<Self, String> {
        let mut words = words::split(line).map_err(|e| format!("command line: {e}"))?;
        while words
            .last()
            .is_some_and(|w| w.starts_with(APPENDED_BY_QEMU))
        {
            words.pop();
        }
        let mut settings = Settings {
            name: default_name.into(),
            address: None,
            gateway: None,
            mtu: None,
            dns: None,
            port: 8080,
            env: BTreeMap::new(),
            args: Vec::new(),
        };
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            if word == "--" {
                settings.args = words.collect();
                break;
            }
            settings.set(&word)?;
        }
        Ok(settings)
    }

    fn set(&mut self, word: &str) -> Result<(), String> {
        match word.split_once('=') {
            Some(("name", name)) => self.name = name.into(),
            Some(("ip", "dhcp")) => self.address = None,
            Some(("ip", _)) => self.address = Some(value(word, "A.B.C.D/N or dhcp")?),
            Some(("gw", _)) => self.gateway = Some(value(word, "A.B.C.D")?),
            Some(("mtu", _)) => self.mtu = Some(value(word, "a number of bytes")?),
            Some(("dns", _)) => self.dns = Some(value(word, "A.B.C.D")?),
            Some(("port", _)) => self.port = value(word, "1 to 65535")?,
            Some(("env", variable)) => {
                let (key, value) = variable.split_once('=').unwrap_or((variable, ""));
                self.env.insert(key.into(), value.into());
            }
            _ => {}
        }
        Ok(())
    }
}

fn value<T: FromStr>(word: &str, wanted: &str) -> Result<T, String> {
    let (key, text) = word.split_once('=').unwrap_or((word, ""));
    text.parse()
        .map_err(|_| format!("{key}={text}: want {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn an_empty_line_means_dhcp_on_port_8080() {
        let settings = Settings::parse("", "guest").unwrap();
        assert_eq!(settings.address, None);
        assert_eq!(settings.port, 8080);
        assert_eq!(settings.name, "guest");
    }

    #[test]
    fn reads_every_key() {
        let line = "name=a ip=10.1.2.3/24 gw=10.1.2.1 mtu=1400 dns=10.96.0.10 port=80 env=B='two words' env=A=x=y -- ip=no '--'";
        let settings = Settings::parse(line, "guest").unwrap();
        assert_eq!(settings.name, "a");
        assert_eq!(settings.address, Some("10.1.2.3/24".parse().unwrap()));
        assert_eq!(settings.gateway, Some(Ipv4Address::new(10, 1, 2, 1)));
        assert_eq!(settings.mtu, Some(1400));
        assert_eq!(settings.port, 80);
        assert_eq!(settings.dns, Some(Ipv4Address::new(10, 96, 0, 10)));
        assert_eq!(settings.env["A"], "x=y");
        assert_eq!(settings.env["B"], "two words");
        assert_eq!(settings.args, ["ip=no", "--"]);
    }

    #[test]
    fn what_qemu_appends_is_not_an_argument() {
        let line = "-- a virtio_mmio.device=512@0xfeb00e00:12 virtio_mmio.device=512@0xfeb00c00:11";
        assert_eq!(Settings::parse(line, "guest").unwrap().args, vec!["a"]);
    }

    #[test]
    fn a_bad_value_is_named() {
        let error = Settings::parse("ip=10.0.0.1", "guest").unwrap_err();
        assert_eq!(error, "ip=10.0.0.1: want A.B.C.D/N or dhcp");
        assert!(Settings::parse("port=70000", "guest").is_err());
        assert!(Settings::parse("name='", "guest").is_err());
    }
}
