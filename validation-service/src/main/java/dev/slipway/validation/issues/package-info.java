/** Asks GitHub and GitLab for their issues. */
@NullMarked
package dev.slipway.validation.issues;

import org.jspecify.annotations.NullMarked;
