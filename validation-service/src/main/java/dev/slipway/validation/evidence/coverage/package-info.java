/** Coverage reports: how much of the code the tests ran. */
@NullMarked
package dev.slipway.validation.evidence.coverage;

import org.jspecify.annotations.NullMarked;
