/** What is known about one revision of an application: evidence and checks, whenever they came. */
@NullMarked
package dev.slipway.validation.revision;

import org.jspecify.annotations.NullMarked;
