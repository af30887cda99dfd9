package dev.skete.api;

/** What a guest may do to a disk. */
public enum DiskAccess {
    ReadWrite,
    /** The claim is read-only, and so is its device in the container: it could not even be opened otherwise. */
    ReadOnly
}
