/** Plays an agent's life through once, while its image is built, so that the JVM's AOT cache knows it. No running agent has a part in it. */
@NullMarked
package dev.skete.agent.training;

import org.jspecify.annotations.NullMarked;
