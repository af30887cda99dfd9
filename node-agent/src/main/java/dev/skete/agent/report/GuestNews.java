package dev.skete.agent.report;

/**
 * A guest's condition that has changed.
 *
 * @param first whether it is the first of a guest that this agent launched: its pod cannot have the same one yet
 */
public record GuestNews(PodRef pod, GuestCondition condition, boolean first) {}
