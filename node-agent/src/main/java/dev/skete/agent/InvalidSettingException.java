package dev.skete.agent;

/** A setting that the agent cannot work with; the message names its variable and says what it must be. */
final class InvalidSettingException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    InvalidSettingException(String message) {
        super(message);
    }
}
