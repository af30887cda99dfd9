//! Echoes each line that is typed at the console.
use alloc::{string::String, vec::Vec};
use bare::{console, machine::serial};

/// A longer line is echoed in pieces.
const LONGEST: usize = 1024;

#[derive(Default)]
pub struct Terminal {
    line: Vec<u8>,
}

impl Terminal {
    pub fn start() -> Self {
        serial::listen();
        Terminal::default()
    }

    pub fn run(&mut self) {
        while let Some(byte) = serial::read() {
            match byte {
                b'\r' | b'\n' if self.line.is_empty() => {}
                b'\r' | b'\n' => self.echo(),
                _ => self.line.push(byte),
            }
            if self.line.len() == LONGEST {
                self.echo();
            }
        }
    }

    fn echo(&mut self) {
        console!("hello: you said {}", String::from_utf8_lossy(&self.line));
        self.line.clear();
    }
}
