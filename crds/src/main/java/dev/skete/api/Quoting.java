package dev.skete.api;

/** How a guest family splits its command line into words. */
public enum Quoting {
    /** As a shell does. */
    Posix,
    /** Takes quotes away as a shell does, but loses empty words and spaces at a word's start (Unikraft, MirageOS). */
    Quotes,
    /** As the Linux kernel does: double quotes hold a word together, and nothing escapes a double quote. */
    Linux,
    /** As OSv does: backslashes in its own options, double quotes in the application's words. */
    Osv,
    /** At every space. */
    None
}
