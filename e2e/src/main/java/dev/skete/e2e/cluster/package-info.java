/** Where a test's cluster comes from: the user's own, K3s in Docker, or the embedded one. */
@NullMarked
package dev.skete.e2e.cluster;

import org.jspecify.annotations.NullMarked;
