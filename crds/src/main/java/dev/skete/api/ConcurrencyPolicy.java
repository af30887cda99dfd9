package dev.skete.api;

/** What happens when a scheduled run is due while an earlier one still runs; the values are those of batch/v1 CronJob. */
public enum ConcurrencyPolicy {
    Allow,
    Forbid,
    Replace
}
