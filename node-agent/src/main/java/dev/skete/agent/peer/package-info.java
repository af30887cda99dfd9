/**
 * Who is at the other end of a unix socket. The kernel's word (SO_PEERCRED, the pidfd, the cgroup, the network namespace) is the only
 * evidence; nothing the peer says counts.
 */
@NullMarked
package dev.skete.agent.peer;

import org.jspecify.annotations.NullMarked;
