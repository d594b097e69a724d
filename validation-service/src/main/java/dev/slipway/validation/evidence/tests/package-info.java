/** Test reports in other formats than JUnit's: they say the same facts by the same rules. */
@NullMarked
package dev.slipway.validation.evidence.tests;

import org.jspecify.annotations.NullMarked;
