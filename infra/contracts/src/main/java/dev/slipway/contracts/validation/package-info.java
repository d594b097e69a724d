/** What validation-service is asked and answers: assessments of gates, judgements of canaries. */
@NullMarked
package dev.slipway.contracts.validation;

import org.jspecify.annotations.NullMarked;
