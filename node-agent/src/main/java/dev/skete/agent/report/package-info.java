/** What the agent saw of each guest, and how it becomes a pod condition, an event and metrics. */
@NullMarked
package dev.skete.agent.report;

import org.jspecify.annotations.NullMarked;
