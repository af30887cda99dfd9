/** Offers guests to the kubelet as the extended resources {@code skete.dev/kvm} and {@code skete.dev/tcg}, and makes the device nodes they need. */
@NullMarked
package dev.skete.agent.device;

import org.jspecify.annotations.NullMarked;
