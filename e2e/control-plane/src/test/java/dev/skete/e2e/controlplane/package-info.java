@NullMarked
package dev.skete.e2e.controlplane;

import org.jspecify.annotations.NullMarked;
