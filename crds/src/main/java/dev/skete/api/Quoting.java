package dev.skete.api;

/** How a guest family splits its command line into words. */
public enum Quoting {
    Posix,
    None
}
