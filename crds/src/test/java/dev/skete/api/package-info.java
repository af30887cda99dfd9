@NullMarked
package dev.skete.api;

import org.jspecify.annotations.NullMarked;
