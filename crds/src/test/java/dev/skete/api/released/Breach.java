package dev.skete.api.released;

/**
 * One way in which a CRD no longer takes, keeps or means what it did.
 *
 * @param path of the field, from the version on
 * @param what changed, and what to do instead
 */
record Breach(String path, String what) {
    @Override
    public String toString() {
        return path + ": " + what;
    }
}
