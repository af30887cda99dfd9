/** The few Linux calls that the JDK has no API for, by the foreign function interface. Nothing here knows of guests. */
@NullMarked
package dev.skete.agent.linux;

import org.jspecify.annotations.NullMarked;
