package dev.skete.api;

/** Whether a guest may be given variables from Secrets where its runtime puts variables on the VMM's command line. */
public enum SecretsOnCommandLine {
    Refused,
    Allowed
}
