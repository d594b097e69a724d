/** validation-service: evidence in, verdicts out; canary judgement. This package wires it; the others know no Spring. */
@NullMarked
package dev.slipway.validation;

import org.jspecify.annotations.NullMarked;
