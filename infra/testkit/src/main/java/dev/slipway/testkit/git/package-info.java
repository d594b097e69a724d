/** Repositories for tests, made by the git program. */
@NullMarked
package dev.slipway.testkit.git;

import org.jspecify.annotations.NullMarked;
