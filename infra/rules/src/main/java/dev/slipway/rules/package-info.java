/** Rules over facts as policies write them in CEL: compiled where a policy is stored, applied where a gate is judged. Pure. */
@NullMarked
package dev.slipway.rules;

import org.jspecify.annotations.NullMarked;
