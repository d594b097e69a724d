/** How stable tests are: which of them passed and failed on the same commit, over the last runs of a branch. */
@NullMarked
package dev.slipway.validation.evidence.stability;

import org.jspecify.annotations.NullMarked;
