@NullMarked
package dev.slipway.validation.evidence.findings;

import org.jspecify.annotations.NullMarked;
