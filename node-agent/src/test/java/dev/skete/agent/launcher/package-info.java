/** The C launcher against a scripted agent: one class per behaviour. */
@NullMarked
package dev.skete.agent.launcher;

import org.jspecify.annotations.NullMarked;
