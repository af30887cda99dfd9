/** Annotations for what a CRD schema can say and the generator's own annotations cannot; the build reads them when it writes the CRDs. */
@NullMarked
package dev.skete.api.schema;

import org.jspecify.annotations.NullMarked;
