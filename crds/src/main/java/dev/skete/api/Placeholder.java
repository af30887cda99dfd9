package dev.skete.api;

/** Placeholders of a runtime's command line. */
final class Placeholder {
    /** Their names as alternatives of a regular expression, written for a CEL string literal. */
    static final String PATTERN =
            "net\\\\.(ip|prefix|mask|gateway|mac|mtu|dns|search)|pod\\\\.(name|namespace)|env|args|mounts";

    private Placeholder() {}
}
