/** Why a guest is not launched: typed for metrics and conditions, worded for the person who reads the pod's log. */
@NullMarked
package dev.skete.agent.refusal;

import org.jspecify.annotations.NullMarked;
