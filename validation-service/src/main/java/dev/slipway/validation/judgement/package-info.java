/** Is a canary worse than what serves beside it? Pure statistics and one aggregate per environment. */
@NullMarked
package dev.slipway.validation.judgement;

import org.jspecify.annotations.NullMarked;
