/** Requests to the version under test. */
@NullMarked
package dev.slipway.validation.probe;

import org.jspecify.annotations.NullMarked;
