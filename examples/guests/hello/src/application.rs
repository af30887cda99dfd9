//! What the arguments ask for. Arguments it does not know are only shown.
use alloc::{
    format,
    string::{String, ToString},
};

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Application {
    /// First line of the answer.
    pub greeting: Option<String>,
    /// End at once with this code, without a network.
    pub exit: Option<u8>,
    pub panic: bool,
    /// MiB of memory to touch at start, and keep.
    pub allocate: usize,
}

/// The status of QEMU, 2N+3, is one byte.
pub fn exit_code(text: &str) -> Option<u8> {
    text.parse().ok().filter(|code| *code <= 125)
}

impl Application {
    pub fn parse(args: &[String]) -> Result<Self, String> {
        let mut application = Application::default();
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg}: its value is missing"));
            match arg.as_str() {
                "--greeting" => application.greeting = Some(value()?.to_string()),
                "--exit" => {
                    application.exit = Some(exit_code(value()?).ok_or("--exit: want 0 to 125")?)
                }
                "--panic" => application.panic = true,
                "--allocate" => {
                    application.allocate = value()?
                        .parse()
                        .map_err(|_| "--allocate: want a number of MiB")?
                }
                _ => {}
            }
        }
        Ok(application)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn parse(line: &str) -> Result<Application, String> {
        let args: Vec<String> = bare::words::split(line).unwrap();
        Application::parse(&args)
    }

    #[test]
    fn reads_its_options_and_leaves_others() {
        let application = parse("--greeting 'Good day' x --allocate 3 --exit 7 --panic").unwrap();
        assert_eq!(application.greeting.as_deref(), Some("Good day"));
        assert_eq!(application.allocate, 3);
        assert_eq!(application.exit, Some(7));
        assert!(application.panic);
        assert_eq!(parse("a --b c").unwrap(), Application::default());
    }

    #[test]
    fn refuses_bad_values() {
        for line in [
            "--exit",
            "--exit 126",
            "--exit -1",
            "--allocate x",
            "--greeting",
        ] {
            assert!(parse(line).is_err(), "{line}");
        }
    }
}
