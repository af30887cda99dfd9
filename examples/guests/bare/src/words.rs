//! Splits a command line as a POSIX shell (and Python's `shlex.split`) does.
use alloc::{string::String, vec::Vec};
use core::{fmt, iter::Peekable, str::Chars};

#[derive(Debug, PartialEq, Eq)]
pub enum SplitError {
    OpenQuote(char),
    NothingEscaped,
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SplitError::OpenQuote(quote) => write!(f, "no closing {quote}"),
            SplitError::NothingEscaped => f.write_str("a backslash at the end"),
        }
    }
}

pub fn split(line: &str) -> Result<Vec<String>, SplitError> {
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    loop {
        while rest.next_if(|c| c.is_ascii_whitespace()).is_some() {}
        if rest.peek().is_none() {
            return Ok(words);
        }
        words.push(word(&mut rest)?);
    }
}

fn word(rest: &mut Peekable<Chars>) -> Result<String, SplitError> {
    let mut word = String::new();
    while let Some(c) = rest.next_if(|c| !c.is_ascii_whitespace()) {
        match c {
            '\'' | '"' => quoted(c, rest, &mut word)?,
            '\\' => word.push(rest.next().ok_or(SplitError::NothingEscaped)?),
            _ => word.push(c),
        }
    }
    Ok(word)
}

fn quoted(quote: char, rest: &mut Peekable<Chars>, word: &mut String) -> Result<(), SplitError> {
    loop {
        match rest.next().ok_or(SplitError::OpenQuote(quote))? {
            c if c == quote => return Ok(()),
            '\\' if quote == '"' => match rest.next_if(|c| matches!(c, '"' | '\\')) {
                Some(escaped) => word.push(escaped),
                None => word.push('\\'),
            },
            c => word.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_shlex_does() {
        let table: &[(&str, &[&str])] = &[
            ("", &[]),
            ("  a   b\tc ", &["a", "b", "c"]),
            ("'two words'", &["two words"]),
            ("\"two words\"", &["two words"]),
            ("a'b'\"c\"d", &["abcd"]),
            ("''", &[""]),
            ("a '' b", &["a", "", "b"]),
            (r"two\ words", &["two words"]),
            (r"'a\b'", &[r"a\b"]),
            (r#""a\"b\\c\d""#, &[r#"a"b\c\d"#]),
            (r#"'it'"'"'s'"#, &["it's"]),
            ("a#b # c", &["a#b", "#", "c"]),
        ];
        for (line, words) in table {
            assert_eq!(split(line).unwrap(), *words, "{line}");
        }
    }

    #[test]
    fn refuses_what_is_left_open() {
        assert_eq!(split("a 'b"), Err(SplitError::OpenQuote('\'')));
        assert_eq!(split("a \"b"), Err(SplitError::OpenQuote('"')));
        assert_eq!(split("a\\"), Err(SplitError::NothingEscaped));
    }
}
