/**
 * A pod's network and how its guest takes it over: a tap, a redirect both ways, a DHCP answer, and relays for port-forward. Nothing here knows
 * of launches or VMMs.
 */
@NullMarked
package dev.skete.agent.net;

import org.jspecify.annotations.NullMarked;
