/** Writes the CRDs from the API types. It lives beside the tests because only the build runs it. */
@NullMarked
package dev.skete.api.generate;

import org.jspecify.annotations.NullMarked;
